/*
 * The C interface of Sidik: near-duplicate text from any language, over Arrow buffers.
 *
 * Codes      Every function that can fail returns SIDIK_OK or an error code; sidik_last_error()
 *            then says what was wrong, in one line, for the calling thread. No call ends the
 *            process or throws through the caller, but for memory that the system does not have
 *            and for pointers that point nowhere.
 * Ownership  Handles come out of a function through its last parameter, which stays as it was where
 *            the call fails, and are given back with the matching sidik_..._free(), which takes NULL
 *            too. Everything else is the caller's:
 *            the library reads arrays during the call only and writes results into memory that the
 *            caller has. An output pointer of NULL means that this column is not wanted.
 * Threads    Any function may be called from any thread at any time. One handle may be read by
 *            many threads at once; it must not be changed or freed while another thread uses it,
 *            with the exception of sidik_control, which is made for that.
 * fork       A child that was forked after its parent had called sidik_cluster, sidik_dedup,
 *            sidik_group gets SIDIK_ERROR_FORKED from these; all else works in it.
 * Units      Texts are UTF-8, lengths are bytes, rows are counted from 0, characters are Unicode
 *            scalars of the normalised text, times are seconds since 1970 in UTC, similarities
 *            are 0...1. NaN stands for a measure that was not taken.
 * Answers    Those of the program `sidik` for the same texts, ids and options, bit for bit, on any
 *            number of threads.
 *
 * Documentation/Formats/c-abi.md tells more. SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIDIK_H
#define SIDIK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface; a library of another number does not fit this header. */
#define SIDIK_ABI 1

/* Codes of all functions. */
#define SIDIK_OK 0
/* An option that there is not, or a value that it does not take. */
#define SIDIK_ERROR_USAGE 1
/* Input that is not what it claims to be. */
#define SIDIK_ERROR_DATA 2
/* A file or folder that cannot be opened, read or written. */
#define SIDIK_ERROR_FILE 3
/* No room left on disk. */
#define SIDIK_ERROR_BUDGET 4
/* An index made with other parameters or by another version, or a damaged one. */
#define SIDIK_ERROR_INCOMPATIBLE 5
/* An index that another process is writing. */
#define SIDIK_ERROR_BUSY 6
/* Ended by sidik_control_cancel(). */
#define SIDIK_ERROR_CANCELLED 7
/* A null pointer, a negative count, or arrays whose offsets do not fit their data. */
#define SIDIK_ERROR_ARGUMENT 8
/* Threads that this process does not have, as its parent forked it after using them. */
#define SIDIK_ERROR_FORKED 9

/* Levels of a pair or a member, from closest to loosest. */
#define SIDIK_LEVEL_NONE (-1)
#define SIDIK_LEVEL_EXACT 0
#define SIDIK_LEVEL_COPY 1
#define SIDIK_LEVEL_VARIANT 2
#define SIDIK_LEVEL_EXCERPT 3
#define SIDIK_LEVEL_TEMPLATE 4
#define SIDIK_LEVEL_RELATED 5

/* How a pair came to be compared. */
#define SIDIK_ORIGIN_EQUAL 0
#define SIDIK_ORIGIN_LEADER 1
#define SIDIK_ORIGIN_SKETCH 2
#define SIDIK_ORIGIN_SAMPLE 3

/* What sidik_clusters_write() writes. */
#define SIDIK_WRITE_FAMILIES 0
#define SIDIK_WRITE_EDGES 1
#define SIDIK_WRITE_STATISTICS 2

/* How much sidik_compare_pairs() measures. */
#define SIDIK_MEASURE_EDGES 0
#define SIDIK_MEASURE_ALL 1

/* What sidik_index_query() finds. */
#define SIDIK_FIND_MATCHES 0
#define SIDIK_FIND_CANDIDATES 1

/* Slots of a signature. */
#define SIDIK_SLOTS 128

/* Options by name; the defaults of the program `sidik`. */
typedef struct sidik_options sidik_options;
/* Stops a run from another thread and says how far it is. */
typedef struct sidik_control sidik_control;
/* Families and edges of a run. */
typedef struct sidik_clusters sidik_clusters;
/* Decisions of a deduplication. */
typedef struct sidik_decisions sidik_decisions;
/* An index that is open to be asked. */
typedef struct sidik_index sidik_index;
/* What an index answered. */
typedef struct sidik_matches sidik_matches;

/*
 * Strings as Arrow has them: utf8, large_utf8, binary and large_binary, where row i is the bytes
 * from offsets[offset + i] to offsets[offset + i + 1] of data; and utf8_view, binary_view, where it
 * is what the view offset + i says: 16 bytes with the length, and either up to 12 bytes of text or
 * 4 of them, the number of one of the buffers, and a place in it.
 */
typedef struct sidik_array {
  /* Rows. */
  int64_t length;
  /* The row of the buffers at which the array begins. */
  int64_t offset;
  /* offset + length + 1 numbers, ascending, of the width below; or offset + length views. */
  const void *offsets;
  /* 32 or 64; 128 for views. */
  int32_t offset_bits;
  /* 0. */
  int32_t reserved;
  /* The bytes; NULL where there are none. */
  const uint8_t *data;
  /* How many bytes there are. */
  int64_t data_length;
  /* A bit a row, the lowest first, 1 where there is a value; NULL where all have one. */
  const uint8_t *validity;
  /* For views: buffer_count buffers and their bytes; else NULL, NULL, 0. */
  const uint8_t *const *buffers;
  const int64_t *buffer_lengths;
  int64_t buffer_count;
} sidik_array;

/* A column in one or more arrays, as Arrow has chunks. A null text counts as an empty one. */
typedef struct sidik_column {
  const sidik_array *arrays;
  int64_t count;
} sidik_column;

/* ---- library ---- */

/* The version of the library, such as "0.3.0". */
const char *sidik_version(void);
/* SIDIK_ABI of the library. */
int32_t sidik_abi(void);
/* What the last failed call of this thread met; "" before any. Valid until its next call. */
const char *sidik_last_error(void);
/* A name of a code, such as "usage"; "unknown" for any other number. */
const char *sidik_code_name(int32_t code);
/* A name of a level, such as "exact"; "none" for any other number. */
const char *sidik_level_name(int32_t level);

/* ---- options ---- */

/* Makes options with the program's defaults. */
int32_t sidik_options_create(sidik_options **options);
/*
 * Sets an option by its long name of the command line, without dashes, to its value as it stands
 * there; flags take "true" or "false". All commands: profile, slang, threshold, recall, bands,
 * linkage, boilerplate, default-source, related, seed, key-file, threads (0: one a processor),
 * temp-dir. Sketches: scheme, unit, shingle-hash, digest. Deduplication: keep, level. Asking an
 * index: since, until. NULL as value restores the default.
 *
 * The value is checked at once where that needs no other option, else when the options are used.
 */
int32_t sidik_options_set(sidik_options *options, const char *name, const char *value);
/*
 * Writes the line of all parameters that change an answer of cluster and dedup, and a zero byte.
 * length receives its bytes without the zero; with room for fewer, nothing is written but length.
 */
int32_t sidik_options_parameters(const sidik_options *options, char *text, int64_t room,
                                 int64_t *length);
void sidik_options_free(sidik_options *options);

/* ---- control ---- */

/* Makes a control for one run at a time. */
int32_t sidik_control_create(sidik_control **control);
/* Ends the run that has it, and any that gets it later, with SIDIK_ERROR_CANCELLED. */
void sidik_control_cancel(sidik_control *control);
/*
 * How far a run is. stage: 0 sketch (done counts documents), 1 candidates, 2 verify (done counts
 * pairs), 3 cluster; -1 before the start. total is -1 where it is not known.
 */
void sidik_control_progress(const sidik_control *control, int32_t *stage, int64_t *done,
                            int64_t *total);
void sidik_control_free(sidik_control *control);

/* ---- sketches ---- */

/* The shape of sketches: bands of a row of band keys, rows a band, bytes of a digest (16 or 32). */
int32_t sidik_sketch_shape(const sidik_options *options, int32_t *bands, int32_t *rows,
                           int32_t *digest_bytes);
/*
 * Sketches texts on the calling thread; cut the rows into parts for more threads.
 *
 * first, count   rows of the column
 * signatures     count x SIDIK_SLOTS; all 0xFFFFFFFF without features
 * band_keys      count x bands, the hash of each band of the signature with its number; all 0 where
 *                there are no features: such rows meet no other
 * simhashes      count; 0 without features
 * digests        count x digest_bytes, the bytes that `sidik sketch` writes in hexadecimal; of no
 *                text for a null
 * characters     count; characters of the normalised text, 0 where nothing is left to compare, -1
 *                for a null
 *
 * band_keys are for rows of characters > 0 and need the scheme oph.
 */
int32_t sidik_sketch(const sidik_options *options, const sidik_column *texts, int64_t first,
                     int64_t count, uint32_t *signatures, uint64_t *band_keys,
                     uint64_t *simhashes, uint8_t *digests, int64_t *characters);
/* The share of equal slots of pairs of rows of two signature matrices; 0 where one is empty. */
int32_t sidik_estimate(const uint32_t *first, const uint32_t *second, int64_t count,
                       double *jaccard);

/* ---- comparing ---- */

/* Two texts, as `sidik compare` has them. */
typedef struct sidik_comparison {
  /* SIDIK_LEVEL_NONE where they share too little. */
  int32_t level;
  /* Differing bits of the SimHashes. */
  int32_t simhash_distance;
  double jaccard;
  /* The share of the first text's features that stand in the second, and the reverse. */
  double containment_of_first;
  double containment_of_second;
  /* The share of the shorter text that stands in the other in order. */
  double coverage;
  /* What the signatures alone say. */
  double estimated_jaccard;
  /* The shares of the texts that repeat themselves. */
  double repeats_of_first;
  double repeats_of_second;
} sidik_comparison;

int32_t sidik_compare(const sidik_options *options, const uint8_t *first, int64_t first_length,
                      const uint8_t *second, int64_t second_length, sidik_comparison *comparison);
/*
 * Compares pairs of rows of a column by themselves, outside any corpus, on the calling thread.
 *
 * measure        SIDIK_MEASURE_ALL: all measures, and the level related too, as `sidik compare`;
 *                SIDIK_MEASURE_EDGES: the pairs that the rule of the profile makes an edge; for
 *                others level is SIDIK_LEVEL_NONE and all measures are NaN. Faster.
 * strengths      what --threshold is compared with
 * weights        how strongly the pair would join two groups
 */
int32_t sidik_compare_pairs(const sidik_options *options, const sidik_column *texts,
                            const int64_t *first, const int64_t *second, int64_t count,
                            int32_t measure, int8_t *levels, double *jaccard,
                            double *containment_of_first, double *containment_of_second,
                            double *coverage, double *strengths, double *weights);

/* ---- clustering ---- */

/* What is known of documents beside their texts; any column may be NULL, and any value null. */
typedef struct sidik_fields {
  /* Without an id a document has the number of its row. Ids break ties and name families. */
  const sidik_column *ids;
  const sidik_column *sources;
  const sidik_column *authors;
  /* As text, such as "2026-01-31T10:00:00Z". */
  const sidik_column *times;
} sidik_fields;

/*
 * Clusters texts as `sidik cluster`. fields and control may be NULL. Normalised texts are kept in
 * memory where /dev/shm has room for them, else in the option temp-dir, TMPDIR or /tmp.
 */
int32_t sidik_cluster(const sidik_options *options, const sidik_column *texts,
                      const sidik_fields *fields, sidik_control *control,
                      sidik_clusters **clusters);

/* Verified pairs; columns that may be NULL say so. */
typedef struct sidik_edges {
  int64_t count;
  /* Rows of the documents. */
  const int64_t *first;
  const int64_t *second;
  const double *jaccard;
  const double *containment_of_first;
  const double *containment_of_second;
  /* NULL, or NaN where it was not measured. */
  const double *coverage;
  const int8_t *levels;
  const double *strengths;
  const double *weights;
  /* NULL: all are SIDIK_ORIGIN_SKETCH. */
  const int8_t *origins;
} sidik_edges;

/* Documents whose texts are not at hand. */
typedef struct sidik_documents {
  int64_t count;
  /* May be NULL. */
  const sidik_fields *fields;
  /* Characters of the normalised texts. */
  const int64_t *characters;
  /* 2 x count: halves of the exact digests. Equal ones are one text, and their order breaks ties.
     NULL: all texts differ, and their order is that of the rows. */
  const uint64_t *digests;
  /* NULL, or 1 where sketches met a text with too many others to compare all. */
  const uint8_t *crowded;
  /* NULL, or the share of each document that repeats itself: such represent a family only where all
     of its members do. */
  const float *repeats;
} sidik_documents;

/*
 * Clusters documents by edges that were verified elsewhere, as `sidik cluster --from-edges`. Pairs
 * without an edge count as unlike; of several edges of a pair the strongest counts.
 */
int32_t sidik_group(const sidik_options *options, const sidik_documents *documents,
                    const sidik_edges *edges, sidik_control *control, sidik_clusters **clusters);

/* Numbers of documents, families, members of all families, edges. */
int32_t sidik_clusters_counts(const sidik_clusters *clusters, int64_t *documents,
                              int64_t *families, int64_t *members, int64_t *edges);
/*
 * A row a document, in the order in which they were given; count must be all of them.
 *
 * families         the number of its family, -1 without; the largest is 0
 * levels           what it is to the representative, SIDIK_LEVEL_NONE without a family
 * similarity       Jaccard similarity to the representative; NaN where not measured, or no family
 * containment      the larger containment, likewise
 * representatives  the row of the representative, its own without a family
 * repeats          the share of the document that repeats itself
 */
int32_t sidik_clusters_copy_documents(const sidik_clusters *clusters, int64_t count,
                                      int64_t *families, int8_t *levels, double *similarity,
                                      double *containment, int64_t *representatives,
                                      float *repeats);
/*
 * A row a family, largest first, ties by the representative's id; count must be all of them.
 * Families of one are documents without copies that belong to a template.
 *
 * identifiers      the number that the program writes as 16 hexadecimal digits
 * levels           the loosest among the members
 * weakest, median  of the strengths of the edges inside
 * templates        likewise the number of its template; 0 without
 */
int32_t sidik_clusters_copy_families(const sidik_clusters *clusters, int64_t count,
                                     uint64_t *identifiers, int64_t *sizes, int8_t *levels,
                                     int64_t *representatives, double *weakest, double *median,
                                     uint64_t *templates);
/* The documents of all families end to end, each family's representative first. */
int32_t sidik_clusters_copy_members(const sidik_clusters *clusters, int64_t count,
                                    int64_t *documents);
/* A row a verified pair. */
int32_t sidik_clusters_copy_edges(const sidik_clusters *clusters, int64_t count, int64_t *first,
                                  int64_t *second, int8_t *levels, double *jaccard,
                                  double *containment_of_first, double *containment_of_second,
                                  double *coverage, double *strengths, double *weights,
                                  int8_t *origins);
/*
 * Writes a file as the program does it: families as JSON Lines, the edges, or the numbers of the
 * run. The file appears when it is whole; one that is there is replaced only with force != 0.
 */
int32_t sidik_clusters_write(const sidik_clusters *clusters, int32_t what, const char *path,
                             int32_t force);
void sidik_clusters_free(sidik_clusters *clusters);

/* ---- deduplication ---- */

/*
 * Decides which documents stay, as `sidik dedup`. With the option keep best:FIELD the numbers stand
 * in the column authors.
 */
int32_t sidik_dedup(const sidik_options *options, const sidik_column *texts,
                    const sidik_fields *fields, sidik_control *control,
                    sidik_decisions **decisions);
int32_t sidik_decisions_count(const sidik_decisions *decisions, int64_t *documents);
/*
 * A row a document; count must be all of them.
 *
 * kept         1 where it stays
 * keepers      the row of the document it is a copy of; its own where it stays
 * copies       documents that were removed for its sake
 * levels       what a removed one is to its keeper, SIDIK_LEVEL_NONE where it stays
 * similarity   Jaccard similarity to the keeper; NaN where it stays
 * containment  the larger containment, likewise
 */
int32_t sidik_decisions_copy(const sidik_decisions *decisions, int64_t count, uint8_t *kept,
                             int64_t *keepers, int64_t *copies, int8_t *levels,
                             double *similarity, double *containment);
void sidik_decisions_free(sidik_decisions *decisions);

/* ---- index ---- */

/* Opens an index that `sidik index` made, in the state that holds now. */
int32_t sidik_index_open(const char *folder, const sidik_options *options, sidik_index **index);
/* Documents, and 1 where texts are kept, so that matches are verified. */
int32_t sidik_index_counts(const sidik_index *index, int64_t *documents, int32_t *keeps_texts);
/*
 * Finds what shares wording with each row of a column, as `sidik match`, on the calling thread.
 *
 * find   SIDIK_FIND_MATCHES: verified, or estimated where the index keeps no texts;
 *        SIDIK_FIND_CANDIDATES: all that sketches propose, unverified, most similar first
 * top    matches a row, at most; above 0
 */
int32_t sidik_index_query(const sidik_index *index, const sidik_options *options,
                          const sidik_column *texts, int32_t find, int64_t top,
                          sidik_control *control, sidik_matches **matches);
void sidik_index_free(sidik_index *index);

/* Numbers of matches, and bytes of all their ids and sources. */
int32_t sidik_matches_counts(const sidik_matches *matches, int64_t *count, int64_t *id_bytes,
                             int64_t *source_bytes);
/*
 * A row a match, those of a text together, the closest first; count must be all of them.
 *
 * queries       the row of the asked text
 * levels        SIDIK_LEVEL_NONE where the texts were not compared
 * similarity    Jaccard similarity, or what sketches estimate
 * containment_of_first, containment_of_second, coverage
 *               the asked text first; NaN where the texts were not compared or it was not measured
 * same_digest   1 where the exact digests are equal
 * times         seconds since 1970, INT64_MIN where the document names none
 */
int32_t sidik_matches_copy(const sidik_matches *matches, int64_t count, int64_t *queries,
                           int8_t *levels, double *similarity, double *containment_of_first,
                           double *containment_of_second, double *coverage,
                           uint8_t *same_digest, int64_t *times);
/* The ids end to end: count + 1 offsets, and their bytes. */
int32_t sidik_matches_copy_ids(const sidik_matches *matches, int64_t count, int64_t *offsets,
                               uint8_t *bytes);
/* The sources likewise; empty where there is none. */
int32_t sidik_matches_copy_sources(const sidik_matches *matches, int64_t count, int64_t *offsets,
                                   uint8_t *bytes);
void sidik_matches_free(sidik_matches *matches);

#ifdef __cplusplus
}
#endif

#endif
