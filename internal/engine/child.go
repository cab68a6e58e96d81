package engine

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"unsafe"

	"github.com/ebitengine/purego"
)

// What the parent gives its child in the environment; no value of it is secret.
const (
	childLibrary = "MIRSAD_ENGINE_CHILD_LIBRARY"
	childParent  = "MIRSAD_ENGINE_CHILD_PARENT"
)

// The files that the parent writes for its child, in the child's working folder.
const (
	configFile = "config.xml"
	usersFile  = "users.xml"
)

// keepAlive is the query that the engine's own session runs for ever. Only the HTTP listener is opened:
// a reset native connection would abort the embedded engine.
const keepAlive = "SYSTEM START LISTEN HTTP; SELECT sleepEachRow(3) FROM system.numbers " +
	"SETTINGS function_sleep_max_microseconds_per_block=0, max_block_size=1 FORMAT Null"

// ChildHook makes this process the engine when it was re-executed as an engine's child, and then returns
// true only once the engine has ended; in any other process it returns false at once. Call it first in
// main and in TestMain.
func ChildHook() bool {
	library := os.Getenv(childLibrary)
	if library == "" {
		return false
	}
	parent, err := strconv.Atoi(os.Getenv(childParent))
	if err == nil {
		err = RunChild(library, parent)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

// RunChild is the engine: it runs ClickHouse in this process, on the configuration in the working folder,
// until it is ended by a signal. The parent's process id is checked, for a parent that died in the meantime
// can't end its child any more.
func RunChild(library string, parent int) error {
	if os.Getppid() != parent {
		return errors.New("the engine's parent process is gone")
	}
	signal.Ignore(syscall.SIGPIPE) // a connection that is closed while it is written to ends no server of ClickHouse either
	handle, err := purego.Dlopen(library, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return fmt.Errorf("open the engine library: %w", err)
	}
	var commandLine func(argc int32, argv unsafe.Pointer) uintptr
	purego.RegisterLibFunc(&commandLine, handle, "chdb_query_cmdline")

	// Without a program name; what follows "--" is configuration, and paths before it would be ignored.
	argv, keep := cStrings("--query", keepAlive, "--", "--config-file="+configFile, "--users_config="+usersFile)
	commandLine(int32(len(argv)), unsafe.Pointer(&argv[0])) //nolint:gosec // five arguments, and C takes a pointer
	runtime.KeepAlive(argv)
	runtime.KeepAlive(keep)
	return nil // why it ended, it has said on standard error: the parent takes every end for a failure
}

// cStrings returns NUL-terminated copies of texts and the buffers that they point into.
func cStrings(texts ...string) ([]*byte, [][]byte) {
	pointers := make([]*byte, len(texts))
	buffers := make([][]byte, len(texts))
	for i, text := range texts {
		buffers[i] = append([]byte(text), 0)
		pointers[i] = &buffers[i][0]
	}
	return pointers, buffers
}
