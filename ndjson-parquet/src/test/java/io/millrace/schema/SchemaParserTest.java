package io.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.Type.Primitive;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaParserTest {

  @Test
  void ddlHasAllTypesUnderAllTheirNames() {
    assertThat(
            SchemaParser.parse(
                    """
                a STRING, b boolean NOT NULL, c BYTE, d TINYINT, e SHORT COMMENT 'it\\'s', f SMALLINT,
                g INT, h INTEGER, i LONG, j BIGINT, k FLOAT, l REAL, m DOUBLE, n DATE, -- a comment
                o TIMESTAMP, p TIMESTAMP_LTZ, q TIMESTAMP_NTZ, r BINARY /* another */
                """)
                .fields())
        .extracting(Field::type)
        .containsExactly(
            Primitive.STRING,
            Primitive.BOOLEAN,
            Primitive.BYTE,
            Primitive.BYTE,
            Primitive.SHORT,
            Primitive.SHORT,
            Primitive.INT,
            Primitive.INT,
            Primitive.LONG,
            Primitive.LONG,
            Primitive.FLOAT,
            Primitive.FLOAT,
            Primitive.DOUBLE,
            Primitive.DATE,
            Primitive.TIMESTAMP,
            Primitive.TIMESTAMP,
            Primitive.TIMESTAMP_NTZ,
            Primitive.BINARY);
  }

  @Test
  void ddlNestsTypesWithAndWithoutColons() {
    Type.Struct expected =
        new Type.Struct(
            List.of(
                Field.of(
                    "a b`c",
                    new Type.Array(
                        new Type.Struct(
                            List.of(
                                Field.of("x", new Type.Decimal(10, 0)),
                                Field.of("y", new Type.Map(new Type.Decimal(38, 18), true)))),
                        true))));
    assertThat(
            SchemaParser.parse(
                "`a b``c` ARRAY<STRUCT<x: DECIMAL, y MAP<STRING, DECIMAL(38,18)> NOT NULL>>"))
        .isEqualTo(expected);
    assertThat(
            SchemaParser.parse(
                " struct<`a b``c`: array<struct<x:dec(10), y:map<string,numeric(38, 18)>>>>"))
        .isEqualTo(expected);
  }

  @Test
  void jsonIsWhatSparkWrites() {
    assertThat(
            SchemaParser.parse(
                """
                {"type":"struct","fields":[
                  {"name":"a","type":"long","nullable":false,"metadata":{"comment":"x"}},
                  {"name":"b","type":{"type":"array","elementType":"decimal(12,3)","containsNull":false}},
                  {"name":"c","type":{"type":"map","keyType":"string","valueType":
                    {"type":"struct","fields":[]},"valueContainsNull":true},"nullable":true}]}
                """))
        .isEqualTo(SchemaParser.parse("a BIGINT, b ARRAY<DECIMAL(12,3)>, c MAP<STRING, STRUCT<>>"));
  }

  @Test
  void fieldsAreNullableWhateverTheSchemaSays() {
    assertThat(SchemaParser.parse("a INT NOT NULL").fields().get(0).nullable()).isTrue();
  }

  @Test
  void aFieldMayBeCalledLikeAWordOfTheLanguage() {
    assertThat(SchemaParser.parse("struct INT, comment STRING, not DATE").fields())
        .extracting(Field::name)
        .containsExactly("struct", "comment", "not");
  }

  @Test
  void errorsSayWhatIsWrongAndWhere() {
    refuses("", "the schema is empty (line 1, column 1 of the schema)");
    refuses(
        "a INT,\nb TEXT", "no type is called text; there are STRING, BOOLEAN", "line 2, column 3");
    refuses("a INT b", "expected ',' or the end, not 'b' (line 1, column 7 of the schema)");
    refuses("a-b INT", "expected a type, not '-'", "column 2");
    refuses("a INT, a INT", "the field a is there twice (line 1, column 8 of the schema)");
    refuses("a DECIMAL(39,1)", "there is no DECIMAL(39,1): the precision is 1 to 38", "column 3");
    refuses("a MAP<INT,INT>", "the keys of a map must be STRING, as those of JSON are", "column 7");
    refuses("a ARRAY<INT", "expected '>', not the end (line 1, column 12 of the schema)");
    refuses("a VARCHAR(3)", "Spark reads no varchar from JSON; use STRING");
    refuses("`a INT", "the backquote is not closed (line 1, column 1 of the schema)");
    refuses("{\"type\":\"struct\"}", "\"fields\" is missing (line 1, column 1 of the schema)");
    refuses("{\"type\":\"struct\",\n", "the schema is not JSON", "line 2");
    refuses("\"long\"", "the schema must be a struct");
    refuses(
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"text\"}]}",
        "no type is called text",
        "column 47");
    refuses("a " + "ARRAY<".repeat(200), "the schema is nested deeper than 100 types");
  }

  private static void refuses(String schema, String... parts) {
    assertThatThrownBy(() -> SchemaParser.parse(schema))
        .isInstanceOf(SchemaSyntaxException.class)
        .message()
        .contains(parts);
  }
}
