// Equal grams of two documents: what they share, and the passages in which they stand in order.
// Included by kernels_body.h once a level.

/// The slot where a gram stands, or where it would.
SIDIK_TARGET
static inline uint64_t *gram_slot(uint64_t gram, const sidik_gram_index *index) {
  const size_t mask = ((size_t)1 << index->slot_bits) - 1;
  const uint32_t tag = (uint32_t)gram;
  size_t at = (size_t)(gram >> (64 - index->slot_bits));
  while (index->slots[at] != UINT64_MAX &&
         ((uint32_t)(index->slots[at] >> 32) != tag ||
          index->grams[(uint32_t)index->slots[at]] != gram)) {
    at = (at + 1) & mask;
  }
  return &index->slots[at];
}

SIDIK_TARGET
static size_t gram_index(sidik_gram_index index) {
  memset(index.slots, 0xFF, sizeof *index.slots << index.slot_bits);
  size_t distinct = 0;
  // Backwards, so that each list of equal grams begins with its first place.
  for (size_t place = index.count; place-- > 0;) {
    uint64_t *slot = gram_slot(index.grams[place], &index);
    const int known = *slot != UINT64_MAX;
    const uint32_t later = (uint32_t)*slot;
    index.places[place] =
        (sidik_gram_place){.same = later, .count = known ? index.places[later].count + 1 : 1};
    if (known) index.places[later].count = 0;
    *slot = (uint64_t)(uint32_t)index.grams[place] << 32 | place;
    distinct += !known;
  }
  return distinct;
}

SIDIK_TARGET
static inline uint32_t gram_weight(uint64_t gram, const sidik_weights *weights) {
  const uint32_t number =
      weights->cells[(gram * SIDIK_WEIGHT_MULTIPLIER) >> (64 - weights->cell_bits)];
  return weights->weights[number < weights->most ? number : weights->most];
}

SIDIK_TARGET
static void gram_weigh(sidik_gram_index index, const sidik_weights *weights) {
  for (size_t place = 0; place < index.count; place++) {
    if (index.places[place].count) {
      index.places[place].weight = gram_weight(index.grams[place], weights);
    }
  }
}

SIDIK_TARGET
static size_t gram_census(const uint64_t *grams, size_t n, uint64_t *table, unsigned table_bits,
                          const sidik_weights *weights, uint64_t *distinct, uint64_t *sum) {
  const size_t mask = ((size_t)1 << table_bits) - 1;
  memset(table, 0, sizeof *table << table_bits);
  size_t count = 0;
  // 0 marks free entries of the table, so a gram of that value is counted by itself.
  int zero = 0;
  uint64_t total = 0;
  for (size_t place = 0; place < n; place++) {
    const uint64_t gram = grams[place];
    size_t at = (size_t)(gram >> (64 - table_bits));
    while (table[at] != 0 && table[at] != gram) at = (at + 1) & mask;
    const int known = gram ? table[at] != 0 : zero;
    if (known) continue;
    table[at] = gram;
    zero |= gram == 0;
    distinct[count++] = gram;
    if (weights) total += gram_weight(gram, weights);
  }
  *sum = total;
  return count;
}

/// The first place of a gram, or UINT32_MAX.
SIDIK_TARGET
static inline uint32_t first_place(uint64_t gram, const sidik_gram_index *index) {
  return (uint32_t)*gram_slot(gram, index);
}

SIDIK_TARGET
static size_t gram_shared(const uint64_t *shorter, size_t n, sidik_gram_index index,
                          uint32_t stamp, uint64_t *sum) {
  size_t shared = 0;
  uint64_t total = 0;
  // The place after the last match: in copied text the next gram stands there.
  size_t next = index.count;
  for (size_t place = 0; place < n; place++) {
    const uint64_t gram = shorter[place];
    const int runs = next < index.count && index.grams[next] == gram;
    uint32_t at = runs ? (uint32_t)next : first_place(gram, &index);
    if (at == UINT32_MAX) {
      next = index.count;
      continue;
    }
    next = (size_t)at + 1;
    if (!index.places[at].count) at = first_place(gram, &index);
    if (index.places[at].stamp == stamp) continue;
    index.places[at].stamp = stamp;
    shared++;
    total += index.places[at].weight;
  }
  *sum = total;
  return shared;
}

/// Hands out a lane's passage where it is one.
SIDIK_TARGET
static inline size_t close_lane(sidik_passage *lane, const sidik_passage_rule *rule,
                                sidik_passage *found) {
  const uint32_t length = lane->shorter_last - lane->shorter_first + 1;
  const int stands = lane->matches >= rule->least_matches && length >= rule->least_length &&
                     (uint64_t)lane->matches * 100 >= (uint64_t)length * rule->least_density;
  if (stands) *found = *lane;
  lane->matches = 0;
  return (size_t)stands;
}

/// The diagonal of a lane's last match; never negative.
SIDIK_TARGET
static inline uint32_t lane_diagonal(const sidik_passage *lane, size_t n) {
  return lane->longer_last + (uint32_t)n - lane->shorter_last;
}

/// The lane that a match continues: of those near enough the one with the most matches.
SIDIK_TARGET
static inline sidik_passage *continued(sidik_passage *lanes, uint32_t place, uint32_t diagonal,
                                       size_t n, const sidik_passage_rule *rule) {
  sidik_passage *best = NULL;
  const uint32_t band = diagonal / SIDIK_PASSAGE_BAND;
  for (uint32_t near = band - 1; near != band + 2; near++) {
    sidik_passage *lane = &lanes[near % SIDIK_PASSAGE_LANES];
    if (!lane->matches || place - lane->shorter_last > rule->gap) continue;
    const uint32_t at = lane_diagonal(lane, n);
    const uint32_t apart = at < diagonal ? diagonal - at : at - diagonal;
    if (apart <= rule->drift && (!best || lane->matches > best->matches)) best = lane;
  }
  return best;
}

/// Whether passages can still come to the places that the rule asks for: what is found, what
/// open lanes span, and all of the rest.
SIDIK_TARGET
static inline int may_cover(const sidik_passage *lanes, const uint64_t *used, size_t place,
                            size_t n, size_t passages, size_t covered,
                            const sidik_passage_rule *rule) {
  size_t open = place;
  for (size_t word = 0; word < SIDIK_PASSAGE_LANES / 64; word++) {
    for (uint64_t rest = used[word]; rest; rest &= rest - 1) {
      sidik_passage lane = lanes[word * 64 + (size_t)__builtin_ctzll(rest)];
      if (!lane.matches) continue;
      if (place - lane.shorter_last <= rule->gap) {
        if (lane.shorter_first < open) open = lane.shorter_first;
      } else if (close_lane(&lane, rule, &lane)) {
        passages++;
        covered += lane.shorter_last - lane.shorter_first + 1;
      }
    }
  }
  // What lies behind an open lane is in the rest; what lies before it, the passage before allows.
  const size_t most = covered + passages * (size_t)rule->allowance + (n - open);
  return most >= rule->least_covered;
}

SIDIK_TARGET
static size_t gram_passages(const uint64_t *shorter, size_t n, sidik_gram_index index,
                            const sidik_passage_rule *rule, sidik_passage *lanes,
                            sidik_passage *found) {
  size_t count = 0;
  // The lane that was continued last.
  sidik_passage *current = lanes;
  uint64_t used[SIDIK_PASSAGE_LANES / 64] = {0};
  // Where to look next whether the search is worth going on, and what was counted until then.
  size_t check = rule->least_covered ? n - (rule->least_covered < n ? rule->least_covered : n) + 32
                                     : SIZE_MAX;
  size_t counted = 0;
  size_t covered = 0;
  int hopeless = 0;
  for (uint32_t place = 0; place < n; place++) {
    if (place >= check) {
      for (; counted < count; counted++) {
        covered += found[counted].shorter_last - found[counted].shorter_first + 1;
      }
      if (!may_cover(lanes, used, place, n, count, covered, rule)) {
        hopeless = 1;
        break;
      }
      check = place + 64;
    }
    // In copied text the next grams stand where the last passage leads to expect them.
    const uint32_t step = place - current->shorter_last;
    const size_t next = (size_t)current->longer_last + step;
    if (current->matches && step <= rule->gap && next < index.count &&
        index.grams[next] == shorter[place]) {
      size_t run = 1;
      while (place + run < n && next + run < index.count &&
             index.grams[next + run] == shorter[place + run]) {
        run++;
      }
      current->matches += (uint32_t)run;
      place += (uint32_t)run - 1;
      current->shorter_last = place;
      current->longer_last = (uint32_t)(next + run - 1);
      continue;
    }
    const uint32_t first = first_place(shorter[place], &index);
    // Grams that stand everywhere say nothing about copying.
    if (first == UINT32_MAX || index.places[first].count > rule->most_places) continue;
    for (uint32_t at = first; at != UINT32_MAX; at = index.places[at].same) {
      const uint32_t diagonal = at + (uint32_t)n - place;
      sidik_passage *lane = continued(lanes, place, diagonal, n, rule);
      const uint32_t slot = diagonal / SIDIK_PASSAGE_BAND % SIDIK_PASSAGE_LANES;
      sidik_passage *home = &lanes[slot];
      if (lane) {
        if (at <= lane->longer_last || place == lane->shorter_last) continue;
        lane->shorter_last = place;
        lane->longer_last = at;
        lane->matches++;
        current = lane;
        if (lane == home) continue;
        // Passages drift with insertions: the lane moves to where its diagonal is looked for.
        sidik_passage moved = *lane;
        lane->matches = 0;
        if (home->matches && place - home->shorter_last <= rule->gap &&
            home->matches > moved.matches) {
          count += close_lane(&moved, rule, &found[count]);
        } else {
          if (home->matches) count += close_lane(home, rule, &found[count]);
          *home = moved;
          current = home;
          used[slot / 64] |= 1ull << slot % 64;
        }
      } else {
        // Two lanes of one slot: the one that has proved itself stays.
        if (home->matches > 1 && place - home->shorter_last <= rule->gap) continue;
        if (home->matches) count += close_lane(home, rule, &found[count]);
        *home = (sidik_passage){place, place, at, at, 1};
        used[slot / 64] |= 1ull << slot % 64;
      }
    }
  }
  for (size_t word = 0; word < SIDIK_PASSAGE_LANES / 64; word++) {
    for (uint64_t rest = used[word]; rest; rest &= rest - 1) {
      sidik_passage *lane = &lanes[word * 64 + (size_t)__builtin_ctzll(rest)];
      if (lane->matches) count += close_lane(lane, rule, &found[count]);
    }
  }
  return hopeless ? 0 : count;
}
