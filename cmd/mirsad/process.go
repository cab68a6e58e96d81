package main

import "syscall"

// alive reports whether a process of this id exists.
func alive(pid int) bool { return pid > 0 && syscall.Kill(pid, 0) == nil }
