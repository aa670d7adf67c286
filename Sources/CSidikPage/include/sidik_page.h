#ifndef SIDIK_PAGE_H
#define SIDIK_PAGE_H
#include <stddef.h>

/* The parts of the report's page (Sources/CSidikPage/Page), put into the program by the compiler.
   They are constant, so they may be read from any thread and never go away. */

typedef struct {
  const unsigned char *bytes;
  size_t count;
} sidik_page_part;

/* The fixed elements of the body. */
sidik_page_part sidik_page_markup(void);
/* The style sheet. */
sidik_page_part sidik_page_style(void);
/* All scripts in one piece, constants before what uses them. */
sidik_page_part sidik_page_script(void);

#endif
