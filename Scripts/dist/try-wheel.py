"""What an installed wheel must do."""

import sidik

texts = [
    "Pemerintah menegaskan harga beras di pasar tradisional akan turun mulai pekan depan.",
    "PEMERINTAH menegaskan harga beras di pasar tradisional akan turun, mulai pekan depan!",
    "Tim nasional berangkat ke Hanoi untuk pertandingan persahabatan pada akhir minggu ini.",
    None,
]
clusters = sidik.cluster(texts, ["a", "b", "c", "d"], threads=2)
assert clusters.family.tolist() == [0, 0, -1, -1], clusters.family
assert sidik.dedup(texts).rows.tolist() == [0, 2, 3]
assert sidik.compare(texts[0], texts[1]).level == "exact"
assert sidik.sketch(texts).signatures.shape == (4, 128)
