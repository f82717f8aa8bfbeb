TEXT ·over(SB), 4, $0
	RET
