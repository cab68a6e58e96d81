package bench

import (
	"bytes"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// The programme that the load is for: as many entities and services as a government has.
const (
	Entities     = 40
	servicesEach = 37
)

// EntityCode returns the code of entity n of the load.
func EntityCode(n int) string { return fmt.Sprintf("bench-%02d", n%Entities) }

// serviceCode returns the code of a service of entity n.
func serviceCode(n, service int) string {
	return fmt.Sprintf("bench-%02d-%03d", n%Entities, service%servicesEach)
}

// Catalogue returns the entities and services that the load names.
func Catalogue() []programme.Draft {
	var drafts []programme.Draft
	for n := range Entities {
		code := EntityCode(n)
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyEntity, Subject: code, Actor: "bench",
			Body: programme.Entity{Code: code, Name: "Entity " + code, NameAr: "جهة " + code},
		})
	}
	for n := range Entities * servicesEach {
		code := serviceCode(n, n/Entities)
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: code, Actor: "bench",
			Body: programme.Service{Code: code, Name: "Service " + code, NameAr: "خدمة " + code, Entity: EntityCode(n)},
		})
	}
	return drafts
}

// idDigits is the width of an event's number within its connection's.
const idDigits = 12

// body is a request with so many events, ready to be sent again and again, each time with new ids.
type body struct {
	request []byte
	ids     []int // where in the request each id's digits begin
	next    uint64
}

// newBody returns the requests of one connection: NDJSON, an event a line, of one entity.
func newBody(host, bearer, run string, connection, events int, at time.Time) *body {
	var lines bytes.Buffer
	var places []int
	for n := range events {
		before := fmt.Sprintf(`{"specversion":"1.0","id":"%s-%d-`, run, connection)
		after := fmt.Sprintf(
			`","source":"bench","type":%q,"time":%q,"subject":%q,"data":{"channel":%q,"stage":%q}}`+"\n",
			programme.TypeUsage, at.UTC().Format(time.RFC3339), serviceCode(connection, n/len(programme.Stages())),
			programme.Channels()[n%4], programme.Stages()[n%len(programme.Stages())],
		)
		places = append(places, lines.Len()+len(before))
		lines.WriteString(before)
		lines.Write(bytes.Repeat([]byte("0"), idDigits))
		lines.WriteString(after)
	}
	head := fmt.Sprintf("POST /v1/events HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n", host, bearer, lines.Len())
	for i := range places {
		places[i] += len(head)
	}
	return &body{request: append([]byte(head), lines.Bytes()...), ids: places}
}

// fresh returns the request with ids that were never used; it is overwritten by the next call.
func (b *body) fresh() []byte {
	for _, place := range b.ids {
		b.next++
		for i, n := place+idDigits-1, b.next; n > 0; i, n = i-1, n/10 {
			b.request[i] = '0' + byte(n%10)
		}
	}
	return b.request
}
