#ifndef PL_CHAIN_SAID_H
#define PL_CHAIN_SAID_H

/* Indices of the fields of each noun, for the places of their values: u->said[PL_unit_capacity]. */
#define F(member, key, kind, argument, need, low, high, preset, help) PL_calendar_##member,
enum {
#include "chain/calendar.def"
  PL_calendar_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_party_##member,
enum {
#include "chain/party.def"
  PL_party_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_site_##member,
enum {
#include "chain/site.def"
  PL_site_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_material_##member,
enum {
#include "chain/material.def"
  PL_material_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_process_##member,
enum {
#include "chain/process.def"
  PL_process_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_unit_##member,
enum {
#include "chain/unit.def"
  PL_unit_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_stock_##member,
enum {
#include "chain/stock.def"
  PL_stock_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_lane_##member,
enum {
#include "chain/lane.def"
  PL_lane_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_market_##member,
enum {
#include "chain/market.def"
  PL_market_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_quotation_##member,
enum {
#include "chain/quotation.def"
  PL_quotation_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_outage_##member,
enum {
#include "chain/outage.def"
  PL_outage_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_limit_##member,
enum {
#include "chain/limit.def"
  PL_limit_FIELDS
};
#undef F
#define F(member, key, kind, argument, need, low, high, preset, help) PL_agreement_##member,
enum {
#include "chain/agreement.def"
  PL_agreement_FIELDS
};
#undef F

#endif
