package io.millrace.benchmarks.parquet;

import static io.millrace.schema.Type.Primitive.BOOLEAN;
import static io.millrace.schema.Type.Primitive.DOUBLE;
import static io.millrace.schema.Type.Primitive.INT;
import static io.millrace.schema.Type.Primitive.LONG;
import static io.millrace.schema.Type.Primitive.STRING;
import static io.millrace.schema.Type.Primitive.TIMESTAMP;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BooleanVector;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.util.List;

/** Click events: some 770 bytes of JSON each, nested once, a few fields optional. */
final class Clicks implements Shape {
  private static final String[] KINDS = {"view", "click", "scroll", "purchase", "search", "login"};
  private static final String[] COUNTRIES = {
    "US", "DE", "IN", "BR", "JP", "FR", "GB", "CN", "MX", "ES", "IT", "NP", "KE", "SE", "PL"
  };

  private long micros = 1_760_000_000_000_000L;

  @Override
  public Type.Struct schema() {
    return new Type.Struct(
        List.of(
            Field.of("event_id", STRING),
            Field.of("ts", TIMESTAMP),
            Field.of("received_at", TIMESTAMP),
            Field.of("kind", STRING),
            Field.of("user_id", LONG),
            Field.of("session", STRING),
            Field.of("url", STRING),
            Field.of("referrer", STRING),
            Field.of("user_agent", STRING),
            Field.of("ip", STRING),
            Field.of("status", INT),
            Field.of("duration_ms", INT),
            Field.of("is_bot", BOOLEAN),
            Field.of(
                "geo",
                new Type.Struct(
                    List.of(
                        Field.of("country", STRING),
                        Field.of("city", STRING),
                        Field.of("lat", DOUBLE),
                        Field.of("lon", DOUBLE)))),
            Field.of("tags", new Type.Array(STRING, true)),
            Field.of("price", DOUBLE),
            Field.of("currency", STRING),
            Field.of("experiment", STRING)));
  }

  @Override
  public void append(RecordBatch batch, Values v) {
    int row = batch.rows();
    List<Vector> columns = batch.columns();
    micros += v.number(900);
    v.uuid().to(columns.get(0), row);
    ((LongVector) columns.get(1)).append(row, micros / 1000 * 1000);
    ((LongVector) columns.get(2)).append(row, micros + 40_000 + v.number(2_000_000));
    v.add(KINDS[v.zipf(KINDS.length)]).to(columns.get(3), row);
    ((LongVector) columns.get(4)).append(row, 10_000_000_000L + v.zipf(5_000_000) * 7919L);
    v.hex(24).to(columns.get(5), row);
    v.add("https://www.shop.example/")
        .word()
        .add("/")
        .words(3, "-")
        .add("/")
        .add(v.number(900_000));
    if (v.odds(0.4)) {
      v.add("?utm_source=").word().add("&q=").words(2, "+");
    }
    v.to(columns.get(6), row);
    if (v.odds(0.6)) {
      v.add("https://search.example/?q=").words(1 + v.number(4), "+").to(columns.get(7), row);
    }
    int agent = v.zipf(400);
    v.add(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/")
        .add(90 + agent % 40)
        .add(".0.")
        .add(4000 + agent)
        .add(".")
        .add(agent % 97)
        .add(" Safari/537.36")
        .to(columns.get(8), row);
    v.add(v.number(223)).add(".").add(v.number(256)).add(".").add(v.number(256)).add(".");
    v.add(v.number(256)).to(columns.get(9), row);
    ((IntVector) columns.get(10)).append(row, v.odds(0.93) ? 200 : 400 + v.number(5));
    ((IntVector) columns.get(11)).append(row, v.zipf(60_000));
    ((BooleanVector) columns.get(12)).append(row, v.odds(0.03));
    StructVector geo = (StructVector) columns.get(13);
    int place = geo.open(row);
    int city = v.zipf(3000);
    v.add(COUNTRIES[city % COUNTRIES.length]).to(geo.children().get(0), place);
    v.add("City ").add(city).to(geo.children().get(1), place);
    ((DoubleVector) geo.children().get(2))
        .append(place, Math.round(v.fraction() * 1.8e6) / 1e4 - 90);
    ((DoubleVector) geo.children().get(3))
        .append(place, Math.round(v.fraction() * 3.6e6) / 1e4 - 180);
    ListVector tags = (ListVector) columns.get(14);
    int tag = tags.open(row);
    for (int i = v.number(4); i > 0; i--) {
      v.word().to(tags.element(), tag++);
    }
    tags.close(tag);
    if (v.odds(0.15)) {
      ((DoubleVector) columns.get(15)).append(row, v.number(100_000) / 100.0);
      v.add(v.odds(0.7) ? "USD" : "EUR").to(columns.get(16), row);
    }
    if (v.odds(0.3)) {
      v.add("exp-").add(v.number(40)).add(v.odds(0.5) ? "-a" : "-b").to(columns.get(17), row);
    }
    batch.endRow();
  }
}
