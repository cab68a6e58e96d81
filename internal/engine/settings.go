package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// The engine is one of several guests on its machine: memory is bounded and caches are small.
const (
	defaultMemoryBytes = 6 << 30
	queryMemoryShare   = 2 // a query may take 1/n of the memory; those of pages and facts less, see LimitsOf
	cacheBytes         = 128 << 20
)

var configTemplate = template.Must(template.New(configFile).Funcs(template.FuncMap{"xml": xmlText}).Parse(`<clickhouse>
  <path>{{xml .Path}}</path>
  <tmp_path>{{xml .Temporary}}</tmp_path>
  <listen_host>127.0.0.1</listen_host>
  <http_port>{{.Port}}</http_port>
  <log-level>warning</log-level>
  <timezone>UTC</timezone>
  <default_profile>default</default_profile>
  <max_server_memory_usage>{{.MemoryBytes}}</max_server_memory_usage>
  <mark_cache_size>{{.CacheBytes}}</mark_cache_size>
  <index_mark_cache_size>0</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <mmap_cache_size>0</mmap_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_merges_mutations_concurrency_ratio>2</background_merges_mutations_concurrency_ratio>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <background_fetches_pool_size>1</background_fetches_pool_size>
  <background_move_pool_size>1</background_move_pool_size>
  <background_buffer_flush_schedule_pool_size>1</background_buffer_flush_schedule_pool_size>
  <background_message_broker_schedule_pool_size>1</background_message_broker_schedule_pool_size>
  <background_distributed_schedule_pool_size>1</background_distributed_schedule_pool_size>
  <merge_tree>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
</clickhouse>
`))

var usersTemplate = template.Must(template.New(usersFile).Funcs(template.FuncMap{"xml": xmlText}).Parse(`<clickhouse>
  <profiles>
    <default>
      <async_insert>0</async_insert>
    </default>
{{- range .Users}}
    <of_{{.Name}}>
{{- if .ReadOnly}}
      <readonly>2</readonly>
{{- end}}
{{- range .Limits}}
      <{{.Name}}>{{.Value}}</{{.Name}}>
{{- end}}
{{- if .Fixed}}
      <constraints>
{{- range .Limits}}
        <{{.Name}}>{{if .Most}}<min>1</min><max>{{.Value}}</max>{{else}}<readonly/>{{end}}</{{.Name}}>
{{- end}}
      </constraints>
{{- end}}
    </of_{{.Name}}>
{{- end}}
  </profiles>
  <quotas><default></default></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT SELECT ON system.numbers</query>
      </grants>
    </default>
{{- range .Users}}
    <{{.Name}}>
      <password_sha256_hex>{{.PasswordHash}}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>of_{{.Name}}</profile>
      <quota>default</quota>
      <grants>
{{- range .Grants}}
        <query>{{xml .}}</query>
{{- end}}
      </grants>
    </{{.Name}}>
{{- end}}
  </users>
</clickhouse>
`))

type userSettings struct {
	Name         string
	PasswordHash string
	ReadOnly     bool
	Limits       []limit
	Fixed        bool // the limits can't be raised
	Grants       []string
}

// writeSettings writes config.xml and users.xml for the child, readable by their owner only.
func (e *Engine) writeSettings(port int, passwords map[string]string) error {
	store, err := filepath.Abs(filepath.Join(e.folder, "store"))
	if err != nil {
		return err
	}
	config := struct {
		Path, Temporary         string
		Port                    int
		MemoryBytes, CacheBytes int64
	}{store + "/", filepath.Join(store, "tmp") + "/", port, e.MemoryBytes, cacheBytes}
	if err := writeTemplate(configTemplate, filepath.Join(e.folder, configFile), config); err != nil {
		return err
	}
	users := struct{ Users []userSettings }{}
	for _, name := range Users() {
		hash := sha256.Sum256([]byte(passwords[name]))
		user := userSettings{Name: name, PasswordHash: hex.EncodeToString(hash[:]), ReadOnly: readOnly(name)}
		user.Limits, user.Fixed = LimitsOf(name).settings(e.MemoryBytes), LimitsOf(name).Fixed
		for _, database := range e.Databases {
			user.Grants = append(user.Grants, grants(name, database)...)
		}
		users.Users = append(users.Users, user)
	}
	return writeTemplate(usersTemplate, filepath.Join(e.folder, usersFile), users)
}

func writeTemplate(text *template.Template, path string, data any) error {
	var content bytes.Buffer
	if err := text.Execute(&content, data); err != nil {
		return err
	}
	return writePrivate(path, content.Bytes())
}

// writePrivate replaces a file at once, readable by its owner only.
func writePrivate(path string, content []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, content, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return os.Rename(part, path)
}

func xmlText(text string) (string, error) {
	var escaped strings.Builder
	err := xml.EscapeText(&escaped, []byte(text))
	return escaped.String(), err
}
