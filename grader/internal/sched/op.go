package sched

// Op is a kind of synchronisation operation.
type Op uint8

// The operations, by the name under which reports show them.
const (
	OpNone Op = iota
	OpStart
	OpExit
	OpGo
	OpSend
	OpRecv
	OpSelect
	OpClose
	OpLock
	OpTryLock
	OpUnlock
	OpRLock
	OpRUnlock
	OpAdd
	OpDone
	OpWait
	OpCondWait
	OpOnce
	OpSignal
	OpBroadcast
	OpLoad
	OpStore
	OpSwap
	OpCAS
	OpAtomicAdd
	OpSleep
	OpTimer
	OpStop
	OpYield
	OpSpin
	OpCancel
	OpContext
	OpMap
	OpPool
	OpForever
	OpSettle
	OpMeet
	OpWork
	OpTick
)

var opNames = [...]string{
	OpNone: "", OpStart: "start", OpExit: "exit", OpGo: "go",
	OpSend: "send", OpRecv: "receive", OpSelect: "select", OpClose: "close",
	OpLock: "lock", OpTryLock: "trylock", OpUnlock: "unlock", OpRLock: "rlock", OpRUnlock: "runlock",
	OpAdd: "add", OpDone: "done", OpWait: "wait", OpCondWait: "cond wait", OpOnce: "once",
	OpSignal: "signal", OpBroadcast: "broadcast",
	OpLoad: "load", OpStore: "store", OpSwap: "swap", OpCAS: "cas", OpAtomicAdd: "atomic add",
	OpSleep: "sleep", OpTimer: "timer", OpStop: "stop", OpYield: "yield", OpSpin: "loop",
	OpCancel: "cancel", OpContext: "context", OpMap: "map", OpPool: "pool",
	OpForever: "block", OpSettle: "settle", OpMeet: "meet", OpWork: "work", OpTick: "tick",
}

// String returns the name of the operation, as in "send" or "lock".
func (o Op) String() string { return opNames[o] }
