package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.VersionParser;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What parquet-java reads of a footer. */
class FooterTest {
  private static final Type.Struct SCHEMA =
      SchemaParser.parse(
          "a INT, s STRUCT<x: STRING, y: DECIMAL(20,3)>, l ARRAY<DATE>,"
              + " m MAP<STRING, ARRAY<STRUCT<z: TIMESTAMP>>>, e DOUBLE");

  @TempDir private Path directory;

  @Test
  void numbersFieldsElementsKeysAndValuesWhereAskedTo() throws Exception {
    FileMetaData meta = footer(ParquetOptions.defaults().withFieldIds(true));

    assertThat(meta.getSchema())
        .hasToString(
            """
            message spark_schema {
              optional int32 a = 1;
              optional group s = 2 {
                optional binary x (STRING) = 3;
                optional fixed_len_byte_array(9) y (DECIMAL(20,3)) = 4;
              }
              optional group l (LIST) = 5 {
                repeated group list {
                  optional int32 element (DATE) = 6;
                }
              }
              optional group m (MAP) = 7 {
                repeated group key_value {
                  required binary key (STRING) = 8;
                  optional group value (LIST) = 9 {
                    repeated group list {
                      optional group element = 10 {
                        optional int64 z (TIMESTAMP(MICROS,true)) = 11;
                      }
                    }
                  }
                }
              }
              optional double e = 12;
            }
            """);
  }

  @Test
  void numbersNothingOtherwise() throws Exception {
    assertThat(footer(ParquetOptions.defaults()).getSchema().toString()).doesNotContain("=");
  }

  @Test
  void hasThePairsAndTheApplication() throws Exception {
    FileMetaData meta =
        footer(
            ParquetOptions.defaults().withKeyValueMetadata(Map.of("source", "s3://b/ä", "", "")));

    assertThat(meta.getKeyValueMetaData())
        .isEqualTo(Map.of("org.apache.spark.version", "3.5.6", "source", "s3://b/ä", "", ""));
    assertThat(meta.getCreatedBy()).isEqualTo("millrace version 0.1.0");
    VersionParser.ParsedVersion version = VersionParser.parse(meta.getCreatedBy());
    assertThat(version.application).isEqualTo("millrace");
    assertThat(version.version).isEqualTo("0.1.0");
  }

  private FileMetaData footer(ParquetOptions options) throws Exception {
    Path file = directory.resolve("footer.parquet");
    Written.write(file, SCHEMA, options, List.of(), 1);
    try (var reader = Written.open(file)) {
      return reader.getFooter().getFileMetaData();
    }
  }
}
