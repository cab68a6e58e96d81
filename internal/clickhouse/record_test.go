package clickhouse

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"mirsad/internal/civil"
)

func TestRecordReadsRows(t *testing.T) {
	row := []byte{3, 'm', 'o', 'i', 0xda, 0x41, 7, 0, 0, 0, 0, 0, 0, 0}
	r := newRecord(bytes.NewReader(append(row, row...)))
	rows := 0
	for r.next() {
		rows++
		if name, day, n := r.name(), r.day(), r.int64(); name != "moi" || day.String() != "2016-02-27" || n != 7 {
			t.Errorf("row %d: %q, %s, %d", rows, name, day, n)
		}
	}
	if err := r.fault(); err != nil || rows != 2 {
		t.Errorf("%d rows, %v; want 2", rows, err)
	}
}

// An answer cut short must never pass for a shorter answer.
func TestRecordSeesTheEndWithinARow(t *testing.T) {
	whole := []byte{3, 'm', 'o', 'i', 5, 'x', 'y', 'z', 'u', 'v', 7, 0, 0, 0, 0, 0, 0, 0}
	for cut := 1; cut < len(whole); cut++ {
		r := newRecord(bytes.NewReader(whole[:cut]))
		for r.next() {
			_, _, _ = r.name(), r.text(), r.int64()
		}
		if err := r.fault(); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut after %d bytes: %v, want an unexpected end", cut, err)
		}
	}
}

func TestRecordRefusesHugeFields(t *testing.T) {
	for name, read := range map[string]func(*record){
		"text": func(r *record) { _ = r.text() },
		"name": func(r *record) { _ = r.name() },
	} {
		r := newRecord(strings.NewReader("\xff\xff\xff\xff\xff\xff\x7f"))
		if read(r); r.fault() == nil {
			t.Errorf("a %s of many gigabytes was believed", name)
		}
	}
}

func TestPileKeepsOrder(t *testing.T) {
	for _, n := range []int{0, 1, 64, 65, 200_000} {
		var p pile[int]
		for i := range n {
			p.add(i)
		}
		all := p.all()
		if len(all) != n {
			t.Errorf("%d of %d", len(all), n)
		}
		for i, value := range all {
			if value != i {
				t.Fatalf("%d at %d", value, i)
			}
		}
	}
}

func TestDatesOfTheDatabaseAreOurs(t *testing.T) {
	for text, number := range map[string]int{"1970-01-01": 0, "1970-01-02": 1, "2016-02-29": 16860, "2149-06-06": 65535} {
		date, err := civil.ParseDate(text)
		if err != nil || date != unixEpoch+civil.Date(number) {
			t.Errorf("%s is not day %d", text, number)
		}
	}
}
