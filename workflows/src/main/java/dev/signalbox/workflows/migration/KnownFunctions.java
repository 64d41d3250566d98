package dev.signalbox.workflows.migration;

import java.util.Set;

/** PostgreSQL's own functions that change nothing, as far as migrations use them. */
final class KnownFunctions {
  private static final Set<String> HARMLESS =
      Set.of(
          """
          abs age any_value array_agg array_append array_length array_position array_remove
          array_to_json array_to_string avg bool_and bool_or btrim cardinality ceil char_length
          clock_timestamp coalesce concat concat_ws count current_database current_schema
          current_setting date_part date_trunc decode dense_rank digest encode exists extract
          first_value floor format gen_random_bytes gen_random_uuid generate_series greatest
          hashtext hashtextextended initcap json_agg json_array_elements json_build_array
          json_build_object json_object_agg jsonb_agg jsonb_array_elements
          jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
          jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text
          jsonb_object_agg jsonb_object_keys jsonb_set jsonb_strip_nulls jsonb_typeof lag
          last_value lead least left length lower lpad ltrim make_date make_interval max md5
          min mod ntile now nullif octet_length overlay percentile_cont pg_advisory_lock
          pg_advisory_unlock pg_advisory_xact_lock pg_catalog.set_config pg_get_serial_sequence
          pg_try_advisory_lock pg_try_advisory_xact_lock position power quote_ident
          quote_literal random rank regexp_match regexp_matches regexp_replace
          regexp_split_to_array regexp_split_to_table replace reverse right round row_number
          row_to_json rpad rtrim set_config setweight sha256 similarity split_part sqrt
          statement_timestamp string_agg string_to_array strip strpos substr substring sum
          timezone to_char to_date to_json to_jsonb to_number to_regclass to_timestamp to_tsquery
          to_tsvector transaction_timestamp translate trim trunc unaccent unnest upper
          uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7 version
          websearch_to_tsquery nextval
          """
              .strip()
              .split("\\s+"));

  private KnownFunctions() {}

  static boolean isHarmless(String name) {
    return HARMLESS.contains(name);
  }
}
