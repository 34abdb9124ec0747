/* What Qt asks of Windows' own icuuc.dll, which Wine does not have. Every converter is refused with
   U_UNSUPPORTED_ERROR (16): Qt then has the encodings it brings itself, and the client needs no
   others. The codes are ICU's (unicode/utypes.h). */

#include <stddef.h>

#define EXPORT __declspec(dllexport)
#define REFUSE(error) do { if (error) *(error) = 16; } while (0)

EXPORT void *ucnv_open(const char *name, int *error) { REFUSE(error); return NULL; }
EXPORT void ucnv_close(void *converter) {}
EXPORT void ucnv_reset(void *converter) {}
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { return 1; }
EXPORT const char *ucnv_getName(const void *converter, int *error) { REFUSE(error); return NULL; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{ REFUSE(error); return NULL; }
EXPORT const char *ucnv_getAvailableName(int number) { return NULL; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT int ucnv_toUCountPending(const void *converter, int *error) { REFUSE(error); return 0; }
EXPORT int ucnv_fromUCountPending(const void *converter, int *error) { REFUSE(error); return 0; }

/* The rest is only ever given a converter that was opened, and none is. */
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void ucnv_getToUCallBack(void) {}
EXPORT void ucnv_getFromUCallBack(void) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_fromUnicode(void) {}
