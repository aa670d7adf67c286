// Equal grams of two documents: what they share, and the passages in which they stand in order.
// Included by kernels_body.h once a level.

SIDIK_TARGET
static size_t gram_index(const uint64_t *grams, size_t m, sidik_gram_index index) {
  memset(index.heads, 0xFF, sizeof *index.heads << index.head_bits);
  size_t distinct = 0;
  // Backwards, so that each chain and each list of equal grams begins with its first place.
  for (size_t place = m; place-- > 0;) {
    const uint64_t gram = grams[place];
    uint32_t *link = &index.heads[gram >> (64 - index.head_bits)];
    while (*link != UINT32_MAX && index.places[*link].gram != gram) {
      link = &index.places[*link].link;
    }
    const uint32_t later = *link;
    const int known = later != UINT32_MAX;
    index.places[place] = (sidik_gram_place){
        .gram = gram,
        .link = known ? index.places[later].link : UINT32_MAX,
        .same = later,
        .count = known ? index.places[later].count + 1 : 1,
    };
    *link = (uint32_t)place;
    distinct += !known;
  }
  return distinct;
}

/// The first place of a gram, or UINT32_MAX.
SIDIK_TARGET
static inline uint32_t first_place(uint64_t gram, sidik_gram_index index) {
  uint32_t at = index.heads[gram >> (64 - index.head_bits)];
  while (at != UINT32_MAX && index.places[at].gram != gram) at = index.places[at].link;
  return at;
}

SIDIK_TARGET
static size_t gram_shared(const uint64_t *shorter, size_t n, sidik_gram_index index,
                          uint32_t stamp, uint64_t *sum) {
  size_t shared = 0;
  uint64_t total = 0;
  for (size_t place = 0; place < n; place++) {
    const uint32_t at = first_place(shorter[place], index);
    if (at == UINT32_MAX || index.places[at].stamp == stamp) continue;
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

SIDIK_TARGET
static size_t gram_passages(const uint64_t *shorter, size_t n, sidik_gram_index index, size_t m,
                            const sidik_passage_rule *rule, sidik_passage *lanes,
                            sidik_passage *found) {
  size_t count = 0;
  // The lane that was continued last.
  sidik_passage *current = lanes;
  uint64_t used[SIDIK_PASSAGE_LANES / 64] = {0};
  for (uint32_t place = 0; place < n; place++) {
    // In copied text the next gram stands where the last passage leads to expect it.
    const uint32_t step = place - current->shorter_last;
    if (current->matches && step <= rule->gap && current->longer_last + step < m &&
        index.places[current->longer_last + step].gram == shorter[place]) {
      current->shorter_last = place;
      current->longer_last += step;
      current->matches++;
      continue;
    }
    const uint32_t first = first_place(shorter[place], index);
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
  return count;
}
