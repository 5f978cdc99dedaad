package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/reference/json.md says. */
class PolicyTest {
  private static final ReaderOptions DEFAULTS = ReaderOptions.defaults();

  @Test
  void theLastOfSeveralFieldsOfOneNameWinsEvenIfItIsNull() throws IOException {
    assertThat(rows("a INT", "{\"a\":1,\"a\":2}\n{\"a\":1,\"a\":null}\n{\"a\":null,\"a\":3}"))
        .isEqualTo("[2] [null] [3]");
    assertThat(rows("s STRUCT<x: INT, y: INT>", "{\"s\":{\"x\":1},\"s\":{\"y\":2}}"))
        .isEqualTo("[[null, 2]]");
    assertThat(rows("l ARRAY<INT>", "{\"l\":[1,2],\"l\":[3]}\n{\"l\":[4]}"))
        .isEqualTo("[[3]] [[4]]");
  }

  @Test
  void aMapKeepsAllItsEntriesInOrderAlsoThoseOfOneKey() throws IOException {
    assertThat(rows("m MAP<STRING, INT>", "{\"m\":{\"b\":1,\"a\":null,\"b\":2}}"))
        .isEqualTo("[[[b, 1], [a, null], [b, 2]]]");
  }

  @Test
  void namesDifferByCaseAndMayBeEscaped() throws IOException {
    assertThat(rows("a INT, A INT", "{\"A\":1}\n{\"\\u0061\":2}")).isEqualTo("[null, 1] [2, null]");
  }

  @Test
  void whatFollowsTheObjectIsNotLookedAt() throws IOException {
    assertThat(rows("a INT", "{\"a\":1} {\"a\":2}\n{\"a\":3}garbage\u0000")).isEqualTo("[1] [3]");
  }

  @Test
  void aValueOfAnotherTypeMakesTheRecordMalformed() throws IOException {
    for (String value :
        List.of("\"5\"", "6.0", "9223372036854775808", "true", "{}", "[]", "\"\"")) {
      assertThat(rows("a BIGINT", "{\"a\":" + value + "}")).isEqualTo("WRONG_TYPE@0");
    }
  }

  @Test
  void anyValueHasAText() throws IOException {
    assertThat(
            rows("s STRING", "{\"s\":1.50}\n{\"s\":{\"a\":[1, null]}}\n{\"s\":true}\n{\"s\":-0}"))
        .isEqualTo("[1.5] [{\"a\":[1,null]}] [true] [0]");
  }

  @Test
  void aTinyintMayBeWrittenWithoutSign() throws IOException {
    assertThat(rows("a TINYINT", "{\"a\":255}\n{\"a\":256}")).isEqualTo("[-1] WRONG_TYPE@10");
  }

  @Test
  void numbersThatAreNotFiniteAreTaken() throws IOException {
    assertThat(
            rows("a DOUBLE", "{\"a\":NaN}\n{\"a\":\"-Infinity\"}\n{\"a\":1e400}\n{\"a\":\"nan\"}"))
        .isEqualTo("[NaN] [-Infinity] [Infinity] WRONG_TYPE@40");
  }

  @Test
  void doublesAreCorrectlyRoundedAndOnlyFractionsHaveANegativeZero() throws IOException {
    assertThat(
            rows(
                "a DOUBLE",
                "{\"a\":9007199254740993}\n{\"a\":2.4703282292062327e-324}\n{\"a\":-0}\n{\"a\":-0.0}"))
        .isEqualTo("[9.007199254740992E15] [0.0] [0.0] [-0.0]");
  }

  @Test
  void decimalsAreRoundedHalfUpAndMustFit() throws IOException {
    assertThat(
            rows(
                "a DECIMAL(4,2)",
                "{\"a\":0.005}\n{\"a\":-0.005}\n{\"a\":\"1,2.5\"}\n{\"a\":99.995}\n{\"a\":1e-999999999}"))
        .isEqualTo("[1] [-1] [1250] WRONG_TYPE@39 [0]");
    assertThat(row("a DECIMAL(38,18)", "{\"a\":-12345678.5}"))
        .containsExactly(new BigInteger("-12345678500000000000000000"));
  }

  @Test
  void aDecimalOfManyDigitsTakesNoTimeWhateverItsExponent() throws IOException {
    assertThat(rows("a DECIMAL(38,0)", "{\"a\":1e999999999}\n{\"a\":\"1e-999999999\"}"))
        .isEqualTo("WRONG_TYPE@0 [0]");
  }

  @Test
  void aDecimalInAStringIsLimitedLikeANumber() throws IOException {
    String digits = "0".repeat(ReaderOptions.DEFAULT_MAX_NUMBER_CHARS);
    assertThat(rows("a DECIMAL(4,2)", "{\"a\":\"" + digits + "\"}")).isEqualTo("[0]");
    assertThat(rows("a DECIMAL(4,2)", "{\"a\":\"" + digits + "0\"}")).isEqualTo("OVER_LIMIT@0");
  }

  @Test
  void theTimeZoneIsThatOfTimesWithoutOne() throws IOException {
    ReaderOptions berlin = DEFAULTS.withTimeZone(ZoneId.of("Europe/Berlin"));
    assertThat(
            row(
                "a TIMESTAMP, b TIMESTAMP, c TIMESTAMP_NTZ",
                "{\"a\":\"1970-01-01 01:00:00\",\"b\":\"1970-01-01T00:00:00.0000019Z\","
                    + "\"c\":\"1970-01-01T00:00:00\"}",
                berlin))
        .containsExactly(0L, 1L, 0L);
  }

  @Test
  void aLocalTimeThatReadsLikeTheInstantOfAZonesChangeSpoilsNoOther() throws IOException {
    for (String name : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
      ZoneId zone = ZoneId.of(name);
      Instant from = Instant.parse("2020-01-01T00:00:00Z");
      for (int i = 0; i < 12; i++) {
        from = zone.getRules().nextTransition(from).getInstant();
        LocalDateTime change = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
        List<LocalDateTime> times =
            List.of(change, change.minusMonths(3), change.plusMonths(3), change.minusSeconds(1));
        StringBuilder records = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (LocalDateTime time : times) {
          records.append("{\"a\":\"").append(ISO_LOCAL_DATE_TIME.format(time)).append("\"}\n");
          expected.append(" [").append(time.atZone(zone).toEpochSecond() * 1_000_000).append(']');
        }
        assertThat(rows("a TIMESTAMP", records.toString(), DEFAULTS.withTimeZone(zone)))
            .as("%s, %s", name, change)
            .isEqualTo(expected.substring(1));
      }
    }
  }

  @Test
  void aNameIsComparedAsJsonHasItWhateverIsInIt() throws IOException {
    assertThat(rows("`a\\tb` INT", "{\"a\\tb\":1}\n{\"a\\\\tb\":2}")).isEqualTo("[null] [2]");
    assertThat(rows("`a\"b` INT", "{\"a\\\"b\":1}\n{\"a\"b\":2}"))
        .startsWith("[1]")
        .doesNotContain("[2]");
    assertThat(rows("s STRUCT<`a\\tb`: INT, c: INT>", "{\"s\":{\"a\\tb\":1,\"c\":2}}"))
        .isEqualTo("[[null, 2]]");
  }

  @Test
  void aTimeInTheGapOfAZoneIsMovedOn() throws IOException {
    ReaderOptions berlin = DEFAULTS.withTimeZone(ZoneId.of("Europe/Berlin"));
    assertThat(row("a TIMESTAMP", "{\"a\":\"2024-03-31T02:30:00\"}", berlin))
        .isEqualTo(row("a TIMESTAMP", "{\"a\":\"2024-03-31T01:30:00Z\"}"));
  }

  @Test
  void aTimeWithoutADateIsMalformedThoughSparkTakesTheCurrentDay() throws IOException {
    assertThat(rows("a TIMESTAMP", "{\"a\":\"12:30:00\"}\n{\"a\":\"T12:30\"}"))
        .isEqualTo("WRONG_TYPE@0 WRONG_TYPE@17");
  }

  @Test
  void aDateThatOnlySpark2CouldReadIsMalformedThoughSparkFailsTheQuery() throws IOException {
    assertThat(rows("a DATE", "{\"a\":\"1900-02-29\"}")).isEqualTo("WRONG_TYPE@0");
  }

  @Test
  void aNumberOfDaysInAStringIsADateOfTheHybridCalendar() throws IOException {
    assertThat(row("a DATE, b DATE", "{\"a\":\"365\",\"b\":\"-9999999\"}"))
        .containsExactly(365, -9_999_806);
  }

  @Test
  void aTopLevelArrayIsMalformedThoughSparkTakesItsElementsAsRecords() throws IOException {
    assertThat(rows("a INT", "[{\"a\":1}]\n[]\n7\nnull"))
        .isEqualTo("NOT_AN_OBJECT@0 NOT_AN_OBJECT@10 NOT_AN_OBJECT@13 NOT_AN_OBJECT@15");
  }

  @Test
  void blankLinesAreNoRecordsButAMarkWithBlanksInTheMiddleIsMalformed() throws IOException {
    assertThat(rows("a INT", "\uFEFF \n\n \t\r\n{\"a\":1}\n\uFEFF  \n\uFEFF{\"a\":2}"))
        .isEqualTo("[1] NOT_AN_OBJECT@18 [2]");
  }

  @Test
  void bytesThatAreNoCharactersAreReadAsJacksonDoes() throws IOException {
    assertThat(latin1("s STRING", "{\"s\":\"\u00FF\"}")).isEqualTo("NOT_JSON@0");
    assertThat(latin1("s STRING", "{\"s\":\"\u00C3\"}")).isEqualTo("NOT_JSON@0");
    assertThat(latin1("a INT", "{\"x\":\"\u00C3(\",\"a\":1}")).isEqualTo("NOT_JSON@0");
    assertThat(latin1("a INT", "{\"\u0080\":1,\"a\":1}")).isEqualTo("NOT_JSON@0");
    // Overlong forms and surrogates in UTF-8 are let through.
    assertThat(latin1("s STRING", "{\"s\":\"\u00C1\u0081\"}")).isEqualTo("[A]");
    assertThat(latin1("s STRING", "{\"s\":\"\u00ED\u00A0\u0080\"}")).isEqualTo("[?]");
  }

  @Test
  void aNameMeansTheSameWhateverRecordsCameBefore() throws IOException {
    // In single quotes, so that both are read by the careful path.
    assertThat(latin1("id INT", "{'id':1}\n{'\u00FFid':5}")).isEqualTo("[1] NOT_JSON@9");
  }

  @Test
  void loneSurrogatesBecomeQuestionMarksAndPairsCharacters() throws IOException {
    assertThat(rows("s STRING", "{\"s\":\"\\ud83d\"}\n{\"s\":\"\\ude00\\ud83d\"}"))
        .isEqualTo("[?] [??]");
    assertThat(row("s STRING", "{\"s\":\"\\ud83d\\uDE00\"}"))
        .containsExactly(new String("😀".getBytes(UTF_8), ISO_8859_1));
  }

  @Test
  void nulIsACharacterWhenEscapedOnly() throws IOException {
    assertThat(rows("s STRING", "{\"s\":\"a\\u0000b\"}\n{\"s\":\"a\u0000b\"}\n{\"s\":\"a\tb\"}"))
        .isEqualTo("[a\u0000b] NOT_JSON@17 NOT_JSON@29");
  }

  @Test
  void skippedValuesMustBeValidToo() throws IOException {
    for (String value :
        List.of("01", "\"\\q\"", "[1,]", "{\"k\"}", "tru", "1.", "[}", "\"\u0001\"")) {
      assertThat(rows("a INT", "{\"x\":" + value + ",\"a\":1}")).as(value).isEqualTo("NOT_JSON@0");
    }
  }

  @Test
  void depthIsLimitedInFieldsAndInWhatIsSkipped() throws IOException {
    ReaderOptions three = DEFAULTS.withMaxDepth(3);
    assertThat(rows("a INT", "{\"x\":[[1]],\"a\":1}\n{\"x\":[[[1]]]}", three))
        .isEqualTo("[1] OVER_LIMIT@18");
    assertThat(rows("a ARRAY<ARRAY<ARRAY<INT>>>", "{\"a\":[[]]}\n{\"a\":[[[]]]}", three))
        .isEqualTo("[[[]]] OVER_LIMIT@11");
    String deep = "[".repeat(100_000);
    assertThat(rows("a INT", "{\"x\":" + deep + "}\n{\"a\":" + deep + "}"))
        .isEqualTo("OVER_LIMIT@0 WRONG_TYPE@100007");
  }

  @Test
  void numbersAreLimitedInFieldsAndInWhatIsSkipped() throws IOException {
    ReaderOptions options = DEFAULTS.withMaxNumberChars(100);
    String digits = "1".repeat(100);
    assertThat(rows("a DOUBLE", "{\"x\":" + digits + "}\n{\"x\":1" + digits + "}", options))
        .isEqualTo("[null] OVER_LIMIT@107");
    assertThat(rows("a DOUBLE", "{\"a\":1" + digits + "}", options)).isEqualTo("OVER_LIMIT@0");
  }

  @Test
  void textsOfFieldsAreLimited() throws IOException {
    ReaderOptions options = DEFAULTS.withMaxStringChars(4);
    assertThat(rows("s STRING", "{\"s\":\"abcd\"}\n{\"s\":\"abcde\"}\n{\"x\":\"abcde\"}", options))
        .isEqualTo("[abcd] OVER_LIMIT@13 [null]");
  }

  @Test
  void aRecordOverTheLimitEndsTheReadingWhereverItIs() {
    ReaderOptions options = DEFAULTS.withMaxRecordBytes(7);
    assertThatThrownBy(() -> rows("a INT", "{\"a\":1}\n{\"a\":12}", options))
        .isInstanceOf(RecordTooLargeException.class)
        .hasMessage("the record at byte 8 is longer than 7 bytes");
    assertThatThrownBy(() -> rows("a INT", "x".repeat(5_000), options))
        .isInstanceOf(RecordTooLargeException.class);
  }

  @Test
  void limitsHaveTheirDefaultsAndBounds() {
    assertThat(DEFAULTS)
        .isEqualTo(new ReaderOptions(ZoneOffset.UTC, 64 << 20, 1_000, 1_000, 20_000_000));
    assertThatThrownBy(() -> DEFAULTS.withMaxDepth(0))
        .hasMessage("maxDepth must be between 1 and 1000: 0");
    assertThatThrownBy(() -> DEFAULTS.withMaxNumberChars(63))
        .hasMessage("maxNumberChars must be between 64 and 1000: 63");
  }

  @Test
  void aFieldOfTheCorruptRecordColumnsNameIsNeverRead() throws IOException {
    assertThat(rows("_corrupt_record STRING, a INT", "{\"_corrupt_record\":\"x\",\"a\":1}"))
        .isEqualTo("[null, 1]");
  }

  @Test
  void columnsBehindTheSchemasAreTheCallersToFill() throws IOException {
    Type.Struct schema = SchemaParser.parse("a INT");
    RecordBatch batch = new RecordBatch(SchemaParser.parse("a INT, _offset BIGINT"));
    NdjsonReader reader = reader("{\"a\":1}\n\n{\"a\":2}\n", schema, DEFAULTS, new ArrayList<>());
    assertThat(reader.read(batch)).isTrue();
    LongVector offsets = (LongVector) batch.columns().get(1);
    offsets.clear();
    for (int row = 0; row < batch.rows(); row++) {
      offsets.append(row, reader.offsets()[row]);
    }
    assertThat(Vectors.rows(batch)).isEqualTo(List.of(List.of(1, 0L), List.of(2, 9L)));
  }

  private static List<Object> row(String schema, String records) throws IOException {
    return row(schema, records, DEFAULTS);
  }

  private static List<Object> row(String ddl, String record, ReaderOptions options)
      throws IOException {
    Type.Struct schema = SchemaParser.parse(ddl);
    RecordBatch batch = new RecordBatch(schema);
    assertThat(reader(record, schema, options, new ArrayList<>()).read(batch)).isTrue();
    return Vectors.rows(batch).get(0);
  }

  private static String rows(String schema, String records) throws IOException {
    return rows(schema, records, DEFAULTS);
  }

  private static String rows(String schema, String records, ReaderOptions options)
      throws IOException {
    return rows(schema, records.getBytes(UTF_8), options);
  }

  private static String latin1(String schema, String records) throws IOException {
    return rows(schema, records.getBytes(ISO_8859_1), DEFAULTS);
  }

  /** The rows, and the reasons of malformed records with their offsets, in order. */
  private static String rows(String ddl, byte[] records, ReaderOptions options) throws IOException {
    Type.Struct schema = SchemaParser.parse(ddl);
    List<String> malformed = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    NdjsonReader reader = reader(records, schema, options, malformed);
    RecordBatch batch = new RecordBatch(schema);
    while (reader.read(batch)) {
      List<List<Object>> rows = Vectors.rows(batch);
      for (int i = 0; i < rows.size(); i++) {
        offsets.add(reader.offsets()[i]);
        texts.add(rows.get(i).toString());
      }
    }
    for (String record : malformed) {
      long offset = Long.parseLong(record.substring(record.indexOf('@') + 1));
      int at = 0;
      while (at < offsets.size() && offsets.get(at) < offset) {
        at++;
      }
      offsets.add(at, offset);
      texts.add(at, record);
    }
    return String.join(" ", texts);
  }

  private static NdjsonReader reader(
      String records, Type.Struct schema, ReaderOptions options, List<String> malformed) {
    return reader(records.getBytes(UTF_8), schema, options, malformed);
  }

  private static NdjsonReader reader(
      byte[] records, Type.Struct schema, ReaderOptions options, List<String> malformed) {
    return new NdjsonReader(
        new InputStreamBlocks(new ByteArrayInputStream(records), 1 << 20),
        0,
        records.length,
        schema,
        options,
        (offset, bytes, from, to, reason) -> malformed.add(reason + "@" + offset));
  }
}
