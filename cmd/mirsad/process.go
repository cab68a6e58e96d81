package main

import (
	"os/exec"
	"runtime"
	"syscall"
)

// alive reports whether a process of this id exists.
func alive(pid int) bool { return pid > 0 && syscall.Kill(pid, 0) == nil }

// diesWithUs has the kernel kill a child when this process dies, of whatever cause.
func diesWithUs() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// startChild starts a command that dies with this process; ended is closed when it has ended.
func startChild(command *exec.Cmd) (ended <-chan struct{}, err error) {
	command.SysProcAttr = diesWithUs()
	over, started := make(chan struct{}), make(chan error, 1)
	go func() {
		// The kernel speaks of the thread that started the child, so that thread is kept until the child has ended.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(over)
		err := command.Start()
		started <- err
		if err == nil {
			_ = command.Wait() // how it ended, its words have said
		}
	}()
	return over, <-started
}
