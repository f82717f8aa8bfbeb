//go:build race

#include "textflag.h"

// __popcountdi2 is the one function that the race detector's runtime needs of
// the C compiler's support library. With it here the linker need not look into
// that library, which takes it longer than anything else that it does. It is
// called as a C function: the argument comes in DI, the number of its bits that
// are set goes back in AX. Which instructions the processor has is not known, so
// the bits are added up side by side, as in Hacker's Delight, section 5-1.
TEXT __popcountdi2(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ DI, AX
	SHRQ $1, AX
	MOVQ $0x5555555555555555, CX
	ANDQ CX, AX
	SUBQ AX, DI
	MOVQ $0x3333333333333333, CX
	MOVQ DI, AX
	ANDQ CX, AX
	SHRQ $2, DI
	ANDQ CX, DI
	ADDQ DI, AX
	MOVQ AX, DI
	SHRQ $4, DI
	ADDQ DI, AX
	MOVQ $0x0f0f0f0f0f0f0f0f, CX
	ANDQ CX, AX
	MOVQ $0x0101010101010101, CX
	IMULQ CX, AX
	SHRQ $56, AX
	RET

// func popcount(x uint64) int
TEXT ·popcount(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), DI
	CALL __popcountdi2(SB)
	MOVQ AX, ret+8(FP)
	RET
