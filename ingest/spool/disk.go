package spool

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// diskEvery is how often the disk is asked: what is acknowledged in between fits into any sensible reserve.
const diskEvery = 500 * time.Millisecond

// disk knows whether the spool's disk has room beyond the reserve.
type disk struct {
	dir     string
	reserve int64
	free    func(dir string) (int64, error)

	asked time.Time
	full  bool
}

// check asks the disk now and then, under the spool's lock. A disk that can't be asked is taken to have room: a write
// that fails is reported anyway.
func (d *disk) check(now time.Time) error {
	if d.reserve > 0 && (now.Sub(d.asked) >= diskEvery || now.Before(d.asked)) {
		free, err := d.free(d.dir)
		d.asked, d.full = now, err == nil && free < d.reserve
	}
	if d.full {
		return ErrDiskFull
	}
	return nil
}

// freeBytes returns how many bytes of the folder's disk may still be written.
func freeBytes(dir string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, fmt.Errorf("ask the disk: %w", err)
	}
	return int64(stat.Bavail) * stat.Bsize, nil //nolint:gosec // a disk has fewer than 2^63 bytes
}
