/* Calls every function of include/sidik.h: answers, refusals, and the same from several threads.
 * Compiled as C and as C++; make capi-test runs it with the address sanitizer. */
#include "sidik.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;
static pthread_mutex_t failing = PTHREAD_MUTEX_INITIALIZER;

#define EXPECT(condition)                                                              \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      pthread_mutex_lock(&failing);                                                    \
      failures++;                                                                      \
      fprintf(stderr, "%s:%d: not so: %s (last error: %s)\n", __FILE__, __LINE__, #condition, \
              sidik_last_error());                                                     \
      pthread_mutex_unlock(&failing);                                                  \
    }                                                                                  \
  } while (0)

enum { ROWS = 7 };

static const char *const rows[ROWS] = {
  "Pemerintah menegaskan harga beras di pasar tradisional akan turun mulai pekan depan setelah "
  "panen raya, kata menteri perdagangan di Jakarta.",
  "PEMERINTAH menegaskan harga beras di pasar tradisional akan turun mulai pekan depan, setelah "
  "panen raya, kata Menteri Perdagangan di Jakarta!",
  "Pemerintah menegaskan harga beras di pasar tradisional akan turun mulai bulan depan setelah "
  "panen raya, kata menteri perdagangan di Jakarta.",
  "Tim nasional sepak bola berangkat ke Hanoi untuk pertandingan persahabatan melawan tuan rumah "
  "pada akhir minggu ini, tanpa dua pemain inti.",
  "",
  "!!!",
  "\xED\xA0\x80 broken \xFF bytes \xC3",
};

/* Two arrays: the first with offsets of 32 bits and a validity bitmap, the second of 64 bits,
 * which begins at a row of its buffers other than the first. */
typedef struct texts {
  int32_t narrow[4];
  int64_t wide[6];
  uint8_t validity[1];
  uint8_t *bytes[2];
  sidik_array arrays[2];
  sidik_column column;
} texts;

static void make_texts(texts *t) {
  size_t first = 0, second = 3;
  memset(t, 0, sizeof *t);
  t->bytes[0] = (uint8_t *)malloc(4096);
  t->bytes[1] = (uint8_t *)malloc(4096);
  for (size_t row = 0; row < 3; row++) {
    memcpy(t->bytes[0] + first, rows[row], strlen(rows[row]));
    first += strlen(rows[row]);
    t->narrow[row + 1] = (int32_t)first;
  }
  t->wide[1] = 3;
  for (size_t row = 3; row < ROWS; row++) {
    memcpy(t->bytes[1] + second, rows[row], strlen(rows[row]));
    second += strlen(rows[row]);
    t->wide[row - 1] = (int64_t)second;
  }
  /* Room for no byte more, so that the sanitizer sees one read too many. */
  t->bytes[0] = (uint8_t *)realloc(t->bytes[0], first);
  t->bytes[1] = (uint8_t *)realloc(t->bytes[1], second);
  t->validity[0] = 0x07;
  sidik_array narrow = {3, 0, t->narrow, 32, 0, t->bytes[0], (int64_t)first, t->validity, NULL, NULL, 0};
  sidik_array wide = {4, 1, t->wide, 64, 0, t->bytes[1], (int64_t)second, NULL, NULL, NULL, 0};
  t->arrays[0] = narrow;
  t->arrays[1] = wide;
  t->column.arrays = t->arrays;
  t->column.count = 2;
}

static void free_texts(texts *t) {
  free(t->bytes[0]);
  free(t->bytes[1]);
}

static sidik_options *make_options(void) {
  sidik_options *options = NULL;
  EXPECT(sidik_options_create(&options) == SIDIK_OK);
  EXPECT(options != NULL);
  return options;
}

static void test_library(void) {
  EXPECT(sidik_abi() == SIDIK_ABI);
  EXPECT(strlen(sidik_version()) > 4);
  EXPECT(strcmp(sidik_code_name(SIDIK_ERROR_BUSY), "busy") == 0);
  EXPECT(strcmp(sidik_code_name(4711), "unknown") == 0);
  EXPECT(strcmp(sidik_level_name(SIDIK_LEVEL_EXCERPT), "excerpt") == 0);
  EXPECT(strcmp(sidik_level_name(SIDIK_LEVEL_NONE), "none") == 0);
  EXPECT(strcmp(sidik_level_name(99), "none") == 0);
}

static void test_options(void) {
  sidik_options *options = make_options();
  char line[4096], small[4] = "abc";
  int64_t length = 0, other = 0;
  EXPECT(sidik_options_parameters(options, line, sizeof line, &length) == SIDIK_OK);
  EXPECT(length == (int64_t)strlen(line) && strstr(line, "sidik-profile:auto"));
  EXPECT(sidik_options_parameters(options, small, sizeof small, &other) == SIDIK_OK);
  EXPECT(other == length && strcmp(small, "abc") == 0);
  EXPECT(sidik_options_set(options, "profile", "corpus") == SIDIK_OK);
  EXPECT(sidik_options_set(options, "threshold", "0.8") == SIDIK_OK);
  EXPECT(sidik_options_parameters(options, line, sizeof line, NULL) == SIDIK_OK);
  EXPECT(strstr(line, "sidik-profile:corpus") && strstr(line, "@0.8"));
  EXPECT(sidik_options_set(options, "threshold", "1.5") == SIDIK_ERROR_USAGE);
  EXPECT(strcmp(sidik_last_error(), "threshold takes a number above 0 and up to 1") == 0);
  EXPECT(sidik_options_set(options, "threshold", NULL) == SIDIK_OK);
  EXPECT(sidik_options_set(options, "profile", "books") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "no-such", "1") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "slang", "maybe") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "threads", "-1") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "bands", "200x3") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "keep", "oldest") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, "level", "related") == SIDIK_ERROR_USAGE);
  EXPECT(sidik_options_set(options, NULL, "1") == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_options_set(NULL, "profile", "chat") == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_options_create(NULL) == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_options_set(options, "key-file", "/no/such/file") == SIDIK_OK);
  EXPECT(sidik_options_parameters(options, line, sizeof line, NULL) == SIDIK_ERROR_FILE);
  sidik_options_free(options);
  sidik_options_free(NULL);
}

static void test_columns(void) {
  texts t;
  sidik_options *options = make_options();
  int64_t characters[ROWS];
  make_texts(&t);
#define SKETCH() sidik_sketch(options, &t.column, 0, 3, NULL, NULL, NULL, NULL, characters)
  EXPECT(SKETCH() == SIDIK_OK);
  t.narrow[2] = 5;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT && strstr(sidik_last_error(), "row 1"));
  t.narrow[2] = 1 << 30;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.narrow[2] = -7;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  free_texts(&t);
  make_texts(&t);
  t.arrays[0].length = -1;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.arrays[0].length = INT64_MAX;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.arrays[0].length = 3;
  t.arrays[0].offset_bits = 16;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.arrays[0].offset_bits = 32;
  t.arrays[0].offsets = NULL;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.arrays[0].offsets = t.narrow;
  t.arrays[0].data = NULL;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.column.count = -1;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  t.column.count = 0;
  EXPECT(SKETCH() == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_sketch(options, &t.column, 0, 0, NULL, NULL, NULL, NULL, NULL) == SIDIK_OK);
  EXPECT(sidik_sketch(options, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL) == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_sketch(options, &t.column, INT64_MAX, INT64_MAX, NULL, NULL, NULL, NULL, NULL) ==
         SIDIK_ERROR_ARGUMENT);
  free_texts(&t);
  sidik_options_free(options);
}

/* The view of a text that stands in a buffer. */
static void make_view(uint8_t *view, const char *text, int32_t buffer, int32_t place) {
  int32_t length = (int32_t)strlen(text);
  memset(view, 0, 16);
  memcpy(view, &length, 4);
  memcpy(view + 4, text, strlen(text) < 12 ? strlen(text) : 12);
  if (length > 12) {
    memcpy(view + 8, &buffer, 4);
    memcpy(view + 12, &place, 4);
  }
}

static void test_views(void) {
  texts t;
  sidik_options *options = make_options();
  uint8_t views[3][16];
  uint8_t *buffer = (uint8_t *)malloc(strlen(rows[0]) + 5);
  const uint8_t *buffers[2] = {NULL, buffer};
  const int64_t lengths[2] = {0, (int64_t)strlen(rows[0]) + 5};
  uint64_t wanted[ROWS], simhashes[3];
  make_texts(&t);
  memcpy(buffer + 5, rows[0], strlen(rows[0]));
  make_view(views[0], "not wanted", 0, 0);
  make_view(views[1], rows[0], 1, 5);
  make_view(views[2], rows[5], 0, 0);
  sidik_array array = {2, 1, views, 128, 0, NULL, 0, NULL, buffers, lengths, 2};
  sidik_column column = {&array, 1};
#define SKETCH_VIEWS() sidik_sketch(options, &column, 0, 2, NULL, NULL, simhashes, NULL, NULL)
  EXPECT(sidik_sketch(options, &t.column, 0, ROWS, NULL, NULL, wanted, NULL, NULL) == SIDIK_OK);
  EXPECT(SKETCH_VIEWS() == SIDIK_OK && simhashes[0] == wanted[0] && simhashes[1] == wanted[5]);
  make_view(views[1], rows[0], 1, 6);
  EXPECT(SKETCH_VIEWS() == SIDIK_ERROR_ARGUMENT && strstr(sidik_last_error(), "row 0"));
  make_view(views[1], rows[0], 0, 0);
  EXPECT(SKETCH_VIEWS() == SIDIK_ERROR_ARGUMENT);
  make_view(views[1], rows[0], 2, 0);
  EXPECT(SKETCH_VIEWS() == SIDIK_ERROR_ARGUMENT);
  free(buffer);
  free_texts(&t);
  sidik_options_free(options);
}

static void test_sketches(void) {
  texts t;
  sidik_options *options = make_options();
  int32_t bands = 0, width = 0, digest_bytes = 0;
  uint32_t *signatures = (uint32_t *)malloc(ROWS * SIDIK_SLOTS * sizeof *signatures);
  uint64_t simhashes[ROWS];
  int64_t characters[ROWS];
  double jaccard[2];
  make_texts(&t);
  EXPECT(sidik_sketch_shape(options, &bands, &width, &digest_bytes) == SIDIK_OK);
  EXPECT(bands == 25 && width == 5 && digest_bytes == 16);
  uint64_t *keys = (uint64_t *)malloc((size_t)(ROWS * bands) * sizeof *keys);
  uint8_t *digests = (uint8_t *)malloc((size_t)(ROWS * digest_bytes));
  t.validity[0] = 0x03;
  EXPECT(sidik_sketch(options, &t.column, 0, ROWS, signatures, keys, simhashes, digests,
                      characters) == SIDIK_OK);
  EXPECT(memcmp(digests, digests + digest_bytes, (size_t)digest_bytes) == 0);
  EXPECT(memcmp(keys, keys + bands, (size_t)bands * sizeof *keys) == 0);
  EXPECT(characters[0] == characters[1] && characters[0] > 100);
  EXPECT(characters[2] == -1 && characters[4] == 0 && characters[5] == 0 && characters[6] > 0);
  EXPECT(signatures[4 * SIDIK_SLOTS] == 0xFFFFFFFFu && keys[4 * bands] == 0);
  EXPECT(sidik_estimate(signatures, signatures + SIDIK_SLOTS, 2, jaccard) == SIDIK_OK);
  EXPECT(jaccard[0] == 1.0 && jaccard[1] == 0.0);
  EXPECT(sidik_estimate(NULL, signatures, 1, jaccard) == SIDIK_ERROR_ARGUMENT);
  /* A part of the rows gives the same, and a column by itself too. */
  uint64_t alone[1];
  EXPECT(sidik_sketch(options, &t.column, 3, 1, NULL, NULL, alone, NULL, NULL) == SIDIK_OK);
  EXPECT(alone[0] == simhashes[3] && simhashes[0] == simhashes[1]);
  EXPECT(sidik_options_set(options, "scheme", "affine32") == SIDIK_OK);
  EXPECT(sidik_sketch(options, &t.column, 0, 1, NULL, keys, NULL, NULL, NULL) ==
         SIDIK_ERROR_USAGE);
  EXPECT(sidik_sketch(options, &t.column, 0, 1, signatures, NULL, NULL, NULL, NULL) == SIDIK_OK);
  EXPECT(sidik_options_set(options, "digest", "sha256") == SIDIK_OK);
  EXPECT(sidik_sketch_shape(options, NULL, NULL, &digest_bytes) == SIDIK_OK && digest_bytes == 32);
  free(signatures);
  free(keys);
  free(digests);
  free_texts(&t);
  sidik_options_free(options);
}

static void test_comparing(void) {
  texts t;
  sidik_options *options = make_options();
  sidik_comparison one;
  const int64_t first[3] = {0, 2, 0}, second[3] = {1, 0, 3}, wrong[1] = {7};
  int8_t levels[3];
  double jaccard[3], of_first[3], of_second[3], coverage[3], strengths[3], weights[3];
  make_texts(&t);
  EXPECT(sidik_compare(options, (const uint8_t *)rows[0], (int64_t)strlen(rows[0]),
                       (const uint8_t *)rows[2], (int64_t)strlen(rows[2]), &one) == SIDIK_OK);
  EXPECT(one.level == SIDIK_LEVEL_COPY && one.jaccard > 0.7 && one.coverage > 0.8);
  EXPECT(one.estimated_jaccard > 0.6 && one.simhash_distance < 32);
  EXPECT(one.containment_of_first > 0.8 && one.containment_of_second > 0.8);
  EXPECT(one.repeats_of_first == 0 && one.repeats_of_second == 0);
  EXPECT(sidik_compare(options, NULL, 0, NULL, 0, &one) == SIDIK_OK);
  EXPECT(one.level == SIDIK_LEVEL_NONE);
  EXPECT(sidik_compare(options, NULL, 5, NULL, 0, &one) == SIDIK_ERROR_ARGUMENT);
  for (int32_t measure = 0; measure < 2; measure++) {
    EXPECT(sidik_compare_pairs(options, &t.column, first, second, 3, measure, levels, jaccard,
                               of_first, of_second, coverage, strengths, weights) == SIDIK_OK);
    EXPECT(levels[0] == SIDIK_LEVEL_EXACT && jaccard[0] == 1 && weights[0] == 1);
    EXPECT(levels[1] == SIDIK_LEVEL_COPY && strengths[1] >= jaccard[1] - 0.0001);
    EXPECT(levels[2] == SIDIK_LEVEL_NONE);
    EXPECT(isnan(jaccard[2]) == (measure == SIDIK_MEASURE_EDGES));
  }
  EXPECT(sidik_compare_pairs(options, &t.column, wrong, first, 1, 0, NULL, NULL, NULL, NULL, NULL,
                             NULL, NULL) == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_compare_pairs(options, &t.column, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL,
                             NULL, NULL) == SIDIK_OK);
  free_texts(&t);
  sidik_options_free(options);
}

static void test_clustering(void) {
  texts t;
  sidik_options *options = make_options();
  sidik_control *control = NULL;
  sidik_clusters *clusters = NULL, *again = NULL;
  int64_t documents, families, members, edges, family[ROWS], representative[ROWS], member[ROWS];
  int8_t levels[ROWS], edge_levels[8], origins[8];
  double similarity[ROWS], containment[ROWS];
  double jaccard[8], of_first[8], of_second[8], coverage[8], strengths[8], weights[8];
  float repeats[ROWS];
  int64_t first[8], second[8], done, total;
  int32_t stage;
  make_texts(&t);
  EXPECT(sidik_control_create(&control) == SIDIK_OK);
  sidik_control_progress(control, &stage, &done, &total);
  EXPECT(stage == -1);
  sidik_fields fields = {NULL, NULL, NULL, NULL};
  EXPECT(sidik_cluster(options, &t.column, &fields, control, &clusters) == SIDIK_OK);
  sidik_control_progress(control, &stage, &done, &total);
  EXPECT(stage == 3);
  EXPECT(sidik_clusters_counts(clusters, &documents, &families, &members, &edges) == SIDIK_OK);
  EXPECT(documents == ROWS && families == 1 && members == 3 && edges == 2);
  EXPECT(sidik_clusters_copy_documents(clusters, documents, family, levels, similarity,
                                       containment, representative, repeats) == SIDIK_OK);
  EXPECT(family[0] == 0 && family[2] == 0 && family[3] == -1 && representative[3] == 3);
  EXPECT(levels[3] == SIDIK_LEVEL_NONE && isnan(similarity[3]) && repeats[0] == 0);
  EXPECT(sidik_clusters_copy_members(clusters, members, member) == SIDIK_OK);
  EXPECT(member[0] == representative[1]);
  uint64_t identifier, template_name;
  int64_t size, face;
  int8_t family_level;
  double weakest, median;
  EXPECT(sidik_clusters_copy_families(clusters, 1, &identifier, &size, &family_level, &face,
                                      &weakest, &median, &template_name) == SIDIK_OK);
  EXPECT(size == 3 && identifier != 0 && face == representative[0] && weakest <= median);
  EXPECT(family_level == SIDIK_LEVEL_COPY && template_name == 0);
  EXPECT(sidik_clusters_copy_edges(clusters, edges, first, second, edge_levels, jaccard, of_first,
                                   of_second, coverage, strengths, weights, origins) == SIDIK_OK);
  EXPECT(origins[0] == SIDIK_ORIGIN_EQUAL);
  EXPECT(sidik_clusters_copy_documents(clusters, 3, family, NULL, NULL, NULL, NULL, NULL) ==
         SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_clusters_copy_documents(clusters, ROWS, NULL, NULL, NULL, NULL, NULL, NULL) ==
         SIDIK_OK);
  EXPECT(sidik_clusters_write(clusters, SIDIK_WRITE_FAMILIES, "/no/such/folder/x", 0) ==
         SIDIK_ERROR_FILE);
  EXPECT(sidik_clusters_write(clusters, 77, "/dev/null", 0) == SIDIK_ERROR_ARGUMENT);
  EXPECT(sidik_clusters_write(clusters, SIDIK_WRITE_EDGES, "/dev/null", 1) == SIDIK_OK);
  EXPECT(sidik_clusters_write(clusters, SIDIK_WRITE_STATISTICS, "/dev/null", 1) == SIDIK_OK);

  /* The same families out of the edges. */
  int64_t characters[ROWS];
  uint8_t digests[ROWS * 16];
  uint64_t halves[ROWS * 2];
  EXPECT(sidik_sketch(options, &t.column, 0, ROWS, NULL, NULL, NULL, digests, characters) ==
         SIDIK_OK);
  for (int half = 0; half < ROWS * 2; half++) {
    halves[half] = 0;
    for (int byte = 0; byte < 8; byte++) halves[half] = halves[half] << 8 | digests[8 * half + byte];
  }
  sidik_documents given = {ROWS, &fields, characters, halves, NULL, repeats};
  sidik_edges pairs = {edges, first, second, jaccard, of_first, of_second, coverage,
                       edge_levels, strengths, weights, NULL};
  EXPECT(sidik_group(options, &given, &pairs, NULL, &again) == SIDIK_OK);
  int64_t regrouped[ROWS];
  EXPECT(sidik_clusters_copy_documents(again, ROWS, regrouped, NULL, NULL, NULL, NULL, NULL) ==
         SIDIK_OK);
  for (int row = 0; row < ROWS; row++) EXPECT(regrouped[row] == family[row]);
  first[0] = 99;
  EXPECT(sidik_group(options, &given, &pairs, NULL, &again) == SIDIK_ERROR_ARGUMENT);
  EXPECT(again == NULL || sidik_clusters_counts(again, NULL, NULL, NULL, NULL) == SIDIK_OK);
  sidik_clusters_free(again);

  sidik_clusters_free(clusters);
  clusters = NULL;
  sidik_control_cancel(control);
  EXPECT(sidik_cluster(options, &t.column, NULL, control, &clusters) == SIDIK_ERROR_CANCELLED);
  EXPECT(clusters == NULL);
  sidik_control_free(control);
  sidik_control_cancel(NULL);
  EXPECT(sidik_cluster(options, &t.column, NULL, NULL, NULL) == SIDIK_ERROR_ARGUMENT);
  sidik_clusters_free(NULL);
  free_texts(&t);
  sidik_options_free(options);
}

static void test_dedup(void) {
  texts t;
  sidik_options *options = make_options();
  sidik_decisions *decisions = NULL;
  int64_t count, keepers[ROWS], copies[ROWS];
  uint8_t kept[ROWS];
  int8_t levels[ROWS];
  double similarity[ROWS], containment[ROWS];
  make_texts(&t);
  EXPECT(sidik_dedup(options, &t.column, NULL, NULL, &decisions) == SIDIK_OK);
  EXPECT(sidik_decisions_count(decisions, &count) == SIDIK_OK && count == ROWS);
  EXPECT(sidik_decisions_copy(decisions, count, kept, keepers, copies, levels, similarity,
                              containment) == SIDIK_OK);
  EXPECT(kept[0] && !kept[1] && !kept[2] && kept[3] && kept[4]);
  EXPECT(keepers[1] == 0 && copies[0] == 2 && levels[1] == SIDIK_LEVEL_EXACT);
  EXPECT(similarity[1] == 1 && isnan(similarity[0]) && containment[2] > 0.8);
  EXPECT(sidik_decisions_copy(decisions, 1, kept, NULL, NULL, NULL, NULL, NULL) ==
         SIDIK_ERROR_ARGUMENT);
  sidik_decisions_free(decisions);
  free_texts(&t);
  sidik_options_free(options);
}

static void test_index(const char *folder) {
  texts t;
  sidik_options *options = make_options();
  sidik_index *index = NULL;
  make_texts(&t);
  EXPECT(sidik_index_open("/no/such/index", options, &index) == SIDIK_ERROR_FILE);
  EXPECT(index == NULL && strstr(sidik_last_error(), "/no/such/index"));
  if (folder) {
    sidik_matches *matches = NULL;
    int64_t documents, count, id_bytes, source_bytes;
    int32_t keeps_texts;
    EXPECT(sidik_index_open(folder, options, &index) == SIDIK_OK);
    EXPECT(sidik_index_counts(index, &documents, &keeps_texts) == SIDIK_OK);
    EXPECT(documents > 0);
    for (int32_t find = 0; find < 2; find++) {
      EXPECT(sidik_index_query(index, options, &t.column, find, 5, NULL, &matches) == SIDIK_OK);
      EXPECT(sidik_matches_counts(matches, &count, &id_bytes, &source_bytes) == SIDIK_OK);
      EXPECT(count > 0 && id_bytes > 0);
      int64_t *numbers = (int64_t *)malloc((size_t)(count + 1) * 3 * sizeof *numbers);
      double *measures = (double *)malloc((size_t)count * 4 * sizeof *measures);
      int8_t *levels = (int8_t *)malloc((size_t)count);
      uint8_t *same = (uint8_t *)malloc((size_t)count);
      uint8_t *bytes = (uint8_t *)malloc((size_t)(id_bytes + source_bytes + 1));
      EXPECT(sidik_matches_copy(matches, count, numbers, levels, measures, measures + count,
                                measures + 2 * count, measures + 3 * count, same,
                                numbers + count) == SIDIK_OK);
      EXPECT(sidik_matches_copy_ids(matches, count, numbers, bytes) == SIDIK_OK);
      EXPECT(numbers[0] == 0 && numbers[count] == id_bytes);
      EXPECT(sidik_matches_copy_sources(matches, count, numbers, bytes) == SIDIK_OK);
      EXPECT(numbers[count] == source_bytes);
      free(numbers);
      free(measures);
      free(levels);
      free(same);
      free(bytes);
      sidik_matches_free(matches);
    }
    EXPECT(sidik_index_query(index, options, &t.column, 0, 0, NULL, &matches) ==
           SIDIK_ERROR_ARGUMENT);
  }
  sidik_index_free(index);
  free_texts(&t);
  sidik_options_free(options);
}

static const char *index_folder;

static void *all(void *round) {
  for (int time = 0; time < *(int *)round; time++) {
    test_library();
    test_options();
    test_columns();
    test_views();
    test_sketches();
    test_comparing();
    test_clustering();
    test_dedup();
    test_index(index_folder);
  }
  return NULL;
}

/* interface [INDEX]: an index to ask, with texts like those above. */
int main(int count, char **arguments) {
  pthread_t threads[4];
  int once = 1, thrice = 3;
  index_folder = count > 1 ? arguments[1] : NULL;
  EXPECT(strcmp(sidik_last_error(), "") == 0);
  all(&once);
  for (int number = 0; number < 4; number++) pthread_create(&threads[number], NULL, all, &thrice);
  for (int number = 0; number < 4; number++) pthread_join(threads[number], NULL);
  if (failures) {
    fprintf(stderr, "interface: %d failures\n", failures);
    return 1;
  }
  printf("interface: every function, alone and from 4 threads: as expected\n");
  return 0;
}
