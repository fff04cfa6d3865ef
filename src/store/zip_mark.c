/* The directory at the end of a ZIP archive (APPNOTE 4.3.12, 4.3.16), read without trusting it. */
#include "store/zip_mark.h"

#include <stdint.h>
#include <string.h>

enum { END_BYTES = 22, ENTRY_BYTES = 46, ENTRIES_MOST = 10000, NAME_BYTES = 64 };

static const char part[] = "docProps/custom.xml";

/* The part as libxlsxwriter writes it, which follows Excel byte for byte. */
static const char content[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
    "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" "
    "name=\"" PL_MARK_PROPERTY "\"><vt:lpwstr>" PL_MARK_WORKBOOK "</vt:lpwstr></property>"
    "</Properties>";

static uint32_t crc32_of(const char *text, size_t length) {
  uint32_t crc = 0xFFFFFFFFu;
  for (size_t i = 0; i < length; i++) {
    crc ^= (unsigned char)text[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

static uint32_t little(const unsigned char *bytes, int n) {
  uint32_t x = 0;
  for (int i = n; i-- > 0;) x = x << 8 | bytes[i];
  return x;
}

/* One entry; f moves to the next. */
static bool read_entry(FILE *f, bool *marked) {
  unsigned char head[ENTRY_BYTES];
  char name[NAME_BYTES] = "";
  if (fread(head, 1, sizeof head, f) != sizeof head || little(head, 4) != 0x02014B50) return false;
  uint32_t const crc = little(head + 16, 4), size = little(head + 24, 4);
  uint32_t const name_bytes = little(head + 28, 2);
  uint32_t const rest = little(head + 30, 2) + little(head + 32, 2);
  uint32_t const kept = name_bytes < NAME_BYTES ? name_bytes : NAME_BYTES - 1;
  if (fread(name, 1, kept, f) != kept) return false;
  if (strcmp(name, part) == 0 && kept == name_bytes && size == sizeof content - 1)
    *marked = crc == crc32_of(content, sizeof content - 1);
  return fseek(f, (long)(name_bytes - kept) + (long)rest, SEEK_CUR) == 0;
}

bool pl_zip_is_marked(FILE *f) {
  unsigned char end[END_BYTES];
  bool marked = false;
  if (fseek(f, -(long)END_BYTES, SEEK_END) != 0 || fread(end, 1, END_BYTES, f) != END_BYTES ||
      little(end, 4) != 0x06054B50)
    return false;
  uint32_t const entries = little(end + 10, 2);
  if (entries > ENTRIES_MOST || fseek(f, (long)little(end + 16, 4), SEEK_SET) != 0) return false;
  for (uint32_t i = 0; i < entries && !marked; i++)
    if (!read_entry(f, &marked)) return false;
  return marked;
}
