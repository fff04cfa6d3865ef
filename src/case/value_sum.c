/* The reader of sums: "markets.lme", "lanes.rail.alumina", "units.potline.prebake",
 * "emissions.co2.slatina", "agreements.anodes", each with a factor. Only resolves the names;
 * whether a lane moves that material is checked in check_limits.c. */
#include <string.h>

#include "case/reading.h"

typedef struct {
  const char *first; /* before the first dot */
  pl_term_kind kind;
  int noun; /* of the second part */
  int part; /* noun of the third, −1 = none */
} form;

static const form forms[] = {{"markets", PL_TERM_MARKET, PL_NOUN_market, -1},
                             {"lanes", PL_TERM_LANE, PL_NOUN_lane, PL_NOUN_material},
                             {"units", PL_TERM_UNIT, PL_NOUN_unit, PL_NOUN_process},
                             {"emissions", PL_TERM_EMISSION, PL_NOUN_material, PL_NOUN_site},
                             {"agreements", PL_TERM_AGREEMENT, PL_NOUN_agreement, -1}};
enum { FORMS = sizeof forms / sizeof *forms, TEXT_MAX = 1000 };

/* The longest prefix of text, up to a dot or the end, that is a name. */
static int longest(const pl_map *names, const char *text, size_t *length) {
  for (size_t n = strlen(text); n > 0; n--) {
    if (text[n] != '.' && text[n] != '\0') continue;
    int const i = pl_map_find(names, text, n);
    if (i < 0) continue;
    *length = n;
    return i;
  }
  return -1;
}

/* Emissions are of a site or of a party; for a name that is both the case must specify which. */
static bool read_emitter(pl_reading *r, const char *name, pl_place at, struct pl_term *out) {
  static const char of_site[] = "site ", of_party[] = "party ";
  if (!strncmp(name, of_site, sizeof of_site - 1)) {
    out->part = pl_want_thing(r, name + sizeof of_site - 1, at, PL_NOUN_site);
    return out->part >= 0;
  }
  if (!strncmp(name, of_party, sizeof of_party - 1)) {
    out->party = pl_want_thing(r, name + sizeof of_party - 1, at, PL_NOUN_party);
    return out->party >= 0;
  }
  int const site = pl_map_find(r->sections[PL_NOUN_site].names, name, strlen(name));
  int const party = pl_map_find(r->sections[PL_NOUN_party].names, name, strlen(name));
  if (site >= 0 && party >= 0) {
    (void)pl_fail(r->diag, PL_NAME, at,
                  "'%s' is both a site and a party: write 'site %s' or 'party %s'", name, name,
                  name);
    return false;
  }
  out->part = site;
  out->party = party;
  return site >= 0 || party >= 0 || pl_want_thing(r, name, at, PL_NOUN_site) >= 0;
}

static bool read_path(const pl_slot *s, const pl_item *item, struct pl_term *out) {
  pl_reading *const r = s->r;
  size_t const first = strcspn(item->text, ".");
  const form *f = forms;
  while (f < forms + FORMS && (strlen(f->first) != first || memcmp(f->first, item->text, first)))
    f++;
  if (f == forms + FORMS || strlen(item->text) > TEXT_MAX) {
    (void)pl_fail(r->diag, PL_NAME, item->place,
                  "a sum may contain markets.NAME, lanes.NAME.MATERIAL, units.NAME.PROCESS, "
                  "emissions.MATERIAL.SITE or agreements.NAME, not '%.100s'",
                  item->text);
    return false;
  }
  const char *const name = item->text + first + (item->text[first] == '.');
  size_t length = 0;
  *out =
      (struct pl_term){.kind = f->kind, .part = -1, .party = -1, .factor = 1, .place = item->place};
  out->index = longest(r->sections[f->noun].names, name, &length);
  if (out->index < 0) {
    const char *const dot = strchr(name, '.');
    length = f->part >= 0 && dot ? (size_t)(dot - name) : strlen(name);
    (void)pl_want_thing(r, pl_arena_printf(r->a, "%.*s", (int)length, name), item->place, f->noun);
    return false;
  }
  if (name[length] == '\0') return true;
  const char *const part = name + length + 1;
  if (f->kind == PL_TERM_EMISSION) return read_emitter(r, part, item->place, out);
  if (f->part < 0) return pl_want_thing(r, name, item->place, f->noun) >= 0;
  out->part = pl_want_thing(r, part, item->place, f->part);
  return out->part >= 0;
}

void pl_read_sum(const pl_slot *s, const pl_node *terms, void *member) {
  pl_sum *const out = member;
  pl_item *item;
  int const n = pl_items(s, terms, &item);
  out->term = PL_NEW_ARRAY(s->r->a, struct pl_term, (size_t)n);
  for (int i = 0; i < n; i++) {
    struct pl_term *const t = &out->term[out->n];
    if (!read_path(s, &item[i], t)) continue;
    const pl_node *const value = item[i].value;
    if (value && !pl_want_fixed(s, value, &t->factor, &t->dim)) continue;
    if (value && !pl_in_bounds(s, value->place, value->text, t->factor)) continue;
    out->n++;
  }
}
