#include "sidik_page.h"

/* The toolchain's clang has #embed in every mode and calls it an extension below C23. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char markup[] = {
#embed "Page/page.html"
};

static const unsigned char style[] = {
#embed "Page/page.css"
};

static const unsigned char script[] = {
#embed "Page/open.js"
  ,
#embed "Page/strings.js"
  ,
#embed "Page/dom.js"
  ,
#embed "Page/format.js"
  ,
#embed "Page/search.js"
  ,
#embed "Page/data.js"
  ,
#embed "Page/tokens.js"
  ,
#embed "Page/diff.js"
  ,
#embed "Page/slots.js"
  ,
#embed "Page/passages.js"
  ,
#embed "Page/tree.js"
  ,
#embed "Page/list.js"
  ,
#embed "Page/filter.js"
  ,
#embed "Page/overview.js"
  ,
#embed "Page/method.js"
  ,
#embed "Page/families.js"
  ,
#embed "Page/family.js"
  ,
#embed "Page/timeline.js"
  ,
#embed "Page/evidence.js"
  ,
#embed "Page/compare.js"
  ,
#embed "Page/review.js"
  ,
#embed "Page/export.js"
  ,
#embed "Page/main.js"
  ,
#embed "Page/close.js"
};

sidik_page_part sidik_page_markup(void) { return (sidik_page_part){markup, sizeof markup}; }
sidik_page_part sidik_page_style(void) { return (sidik_page_part){style, sizeof style}; }
sidik_page_part sidik_page_script(void) { return (sidik_page_part){script, sizeof script}; }
