"""Documents that try to run, to break out of the page, or to confuse who reads it."""
import json

SCRIPT = "<script>window.hacked = 1</script>"
BREAKOUT = "</script></style></title><script>window.hacked = 2</script><!--"
IMAGE = "<img src=x onerror=\"window.hacked = 3\"><svg onload='window.hacked = 4'>"
BODY = (
    "Pesan ini beredar luas di banyak grup percakapan sejak pagi dan meminta pembaca menekan tautan "
    "javascript:window.hacked=5 untuk mengambil hadiah uang tunai sebelum tengah malam nanti. "
    "Panitia menyebut nomor rekening BCA 1234567890 atas nama Budi Santoso sebagai tujuan transfer."
)
OTHER = BODY.replace("BCA 1234567890", "Mandiri 9876543210").replace("Budi Santoso", "Citra Lestari")
FORMULA = "=HYPERLINK(\"http://example.invalid\",\"klik\")"


def documents():
    """One family of hostile texts with hostile fields, and one of clean words in odd characters."""
    texts = [
        (f"=cmd|'/c calc'!A1 {SCRIPT}", f"{SCRIPT} {BODY} {IMAGE}", "\"><svg onload=window.hacked=6>"),
        ("javascript:window.hacked=7", f"{BREAKOUT} {BODY} ]]> --> {IMAGE}", FORMULA),
        (BREAKOUT, f"{OTHER}\u2028{SCRIPT}\u2029 &amp; &lt;b&gt; {IMAGE}", "javascript:window.hacked=8"),
        ("\u202eevil\u202c", f"{OTHER} \u202eterbalik\u202c \u200b\u0007 {IMAGE} \ud800"[:-1], "\u202esumber"),
    ]
    for number, (name, text, source) in enumerate(texts):
        yield {"id": name, "text": text, "source": source, "author": "@" + IMAGE,
               "time": f"2024-05-0{number + 1}T08:00:00+07:00"}


def write(path):
    with open(path, "w", encoding="utf-8") as file:
        for document in documents():
            file.write(json.dumps(document) + "\n")
