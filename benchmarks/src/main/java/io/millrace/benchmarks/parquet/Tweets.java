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
import java.util.ArrayList;
import java.util.List;

/** Like tweets: some 4.7 KB of JSON each, nested deep, with lists of structs, mostly optional. */
final class Tweets implements Shape {
  private long micros = 1_760_000_000_000_000L;

  private static Type.Struct user() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("id", LONG));
    fields.add(Field.of("id_str", STRING));
    fields.add(Field.of("name", STRING));
    fields.add(Field.of("screen_name", STRING));
    fields.add(Field.of("location", STRING));
    fields.add(Field.of("description", STRING));
    fields.add(Field.of("url", STRING));
    fields.add(Field.of("profile_image_url", STRING));
    fields.add(Field.of("profile_banner_url", STRING));
    fields.add(Field.of("created_at", TIMESTAMP));
    fields.add(Field.of("lang", STRING));
    for (String count : List.of("followers", "friends", "listed", "favourites", "statuses")) {
      fields.add(Field.of(count + "_count", INT));
    }
    for (String flag :
        List.of(
            "protected", "verified", "geo_enabled", "contributors_enabled", "default_profile")) {
      fields.add(Field.of(flag, BOOLEAN));
    }
    return new Type.Struct(fields);
  }

  private static Type.Struct entities() {
    Type indices = new Type.Array(INT, true);
    return new Type.Struct(
        List.of(
            Field.of(
                "hashtags",
                new Type.Array(
                    new Type.Struct(
                        List.of(Field.of("text", STRING), Field.of("indices", indices))),
                    true)),
            Field.of(
                "urls",
                new Type.Array(
                    new Type.Struct(
                        List.of(
                            Field.of("url", STRING),
                            Field.of("expanded_url", STRING),
                            Field.of("display_url", STRING),
                            Field.of("indices", indices))),
                    true)),
            Field.of(
                "user_mentions",
                new Type.Array(
                    new Type.Struct(
                        List.of(
                            Field.of("id", LONG),
                            Field.of("screen_name", STRING),
                            Field.of("name", STRING),
                            Field.of("indices", indices))),
                    true))));
  }

  private static List<Field> status() {
    return List.of(
        Field.of("created_at", TIMESTAMP),
        Field.of("id", LONG),
        Field.of("id_str", STRING),
        Field.of("text", STRING),
        Field.of("source", STRING),
        Field.of("truncated", BOOLEAN),
        Field.of("in_reply_to_status_id", LONG),
        Field.of("in_reply_to_screen_name", STRING),
        Field.of("user", user()),
        Field.of(
            "coordinates",
            new Type.Struct(
                List.of(
                    Field.of("type", STRING),
                    Field.of("coordinates", new Type.Array(DOUBLE, true))))),
        Field.of("retweet_count", INT),
        Field.of("favorite_count", INT),
        Field.of("entities", entities()),
        Field.of("possibly_sensitive", BOOLEAN),
        Field.of("lang", STRING));
  }

  @Override
  public Type.Struct schema() {
    List<Field> fields = new ArrayList<>(status());
    fields.add(Field.of("retweeted_status", new Type.Struct(status())));
    return new Type.Struct(fields);
  }

  @Override
  public void append(RecordBatch batch, Values v) {
    int row = batch.rows();
    status(batch.columns(), row, v);
    if (v.odds(0.5)) {
      StructVector retweeted = (StructVector) batch.columns().get(15);
      status(retweeted.children(), retweeted.open(row), v);
    }
    batch.endRow();
  }

  private void status(List<Vector> columns, int slot, Values v) {
    micros += v.number(1500);
    long id = micros * 1000 + v.number(1000);
    ((LongVector) columns.get(0)).append(slot, micros / 1_000_000 * 1_000_000);
    ((LongVector) columns.get(1)).append(slot, id);
    v.add(id).to(columns.get(2), slot);
    v.words(8 + v.number(22), " ").to(columns.get(3), slot);
    v.add("<a href=\"http://client.example/app/")
        .add(v.zipf(60))
        .add("\" rel=\"nofollow\">Client ");
    v.add(v.zipf(60)).add("</a>").to(columns.get(4), slot);
    ((BooleanVector) columns.get(5)).append(slot, v.odds(0.1));
    if (v.odds(0.3)) {
      ((LongVector) columns.get(6)).append(slot, id - v.number(1_000_000_000));
      v.word().add("_").add(v.number(999)).to(columns.get(7), slot);
    }
    StructVector user = (StructVector) columns.get(8);
    user(user.children(), user.open(slot), v);
    if (v.odds(0.05)) {
      StructVector coordinates = (StructVector) columns.get(9);
      int point = coordinates.open(slot);
      v.add("Point").to(coordinates.children().get(0), point);
      ListVector list = (ListVector) coordinates.children().get(1);
      int element = list.open(point);
      ((DoubleVector) list.element()).append(element, v.fraction() * 360 - 180);
      ((DoubleVector) list.element()).append(element + 1, v.fraction() * 180 - 90);
      list.close(element + 2);
    }
    ((IntVector) columns.get(10)).append(slot, v.zipf(100_000));
    ((IntVector) columns.get(11)).append(slot, v.zipf(300_000));
    StructVector entities = (StructVector) columns.get(12);
    entities(entities.children(), entities.open(slot), v);
    if (v.odds(0.4)) {
      ((BooleanVector) columns.get(13)).append(slot, v.odds(0.02));
    }
    v.add(v.odds(0.6) ? "en" : v.odds(0.5) ? "ja" : "es").to(columns.get(14), slot);
  }

  private static void user(List<Vector> columns, int slot, Values v) {
    long id = 1L + v.zipf(2_000_000_000);
    ((LongVector) columns.get(0)).append(slot, id);
    v.add(id).to(columns.get(1), slot);
    v.words(2, " ").to(columns.get(2), slot);
    v.word().add("_").add(v.number(9999)).to(columns.get(3), slot);
    if (v.odds(0.6)) {
      v.words(1 + v.number(3), ", ").to(columns.get(4), slot);
    }
    if (v.odds(0.8)) {
      v.words(5 + v.number(15), " ").to(columns.get(5), slot);
    }
    if (v.odds(0.4)) {
      v.add("https://t.example/").hex(10).to(columns.get(6), slot);
    }
    v.add("http://pbs.example/profile_images/").add(v.bits() >>> 4).add("/").hex(8);
    v.add("_normal.jpeg").to(columns.get(7), slot);
    if (v.odds(0.7)) {
      v.add("https://pbs.example/profile_banners/")
          .add(id)
          .add("/")
          .add(1_400_000_000 + v.number(99_999_999));
      v.to(columns.get(8), slot);
    }
    ((LongVector) columns.get(9))
        .append(slot, (1_300_000_000L + v.number(400_000_000)) * 1_000_000);
    v.add(v.odds(0.6) ? "en" : v.odds(0.5) ? "ja" : "es").to(columns.get(10), slot);
    for (int i = 11; i < 16; i++) {
      ((IntVector) columns.get(i)).append(slot, v.zipf(1_000_000));
    }
    for (int i = 16; i < 21; i++) {
      ((BooleanVector) columns.get(i)).append(slot, v.odds(0.2));
    }
  }

  private static void entities(List<Vector> columns, int slot, Values v) {
    ListVector hashtags = (ListVector) columns.get(0);
    StructVector hashtag = (StructVector) hashtags.element();
    int next = hashtags.open(slot);
    for (int i = v.zipf(5); i > 0; i--) {
      int child = hashtag.open(next++);
      v.word().to(hashtag.children().get(0), child);
      indices(hashtag.children().get(1), child, v);
    }
    hashtags.close(next);
    ListVector urls = (ListVector) columns.get(1);
    StructVector url = (StructVector) urls.element();
    next = urls.open(slot);
    for (int i = v.zipf(3); i > 0; i--) {
      int child = url.open(next++);
      v.add("https://t.example/").hex(10).to(url.children().get(0), child);
      v.add("https://www.").word().add(".example/").words(4, "-").to(url.children().get(1), child);
      v.word().add(".example/").words(2, "-").to(url.children().get(2), child);
      indices(url.children().get(3), child, v);
    }
    urls.close(next);
    ListVector mentions = (ListVector) columns.get(2);
    StructVector mention = (StructVector) mentions.element();
    next = mentions.open(slot);
    for (int i = v.zipf(4); i > 0; i--) {
      int child = mention.open(next++);
      ((LongVector) mention.children().get(0)).append(child, 1 + v.zipf(2_000_000_000));
      v.word().add("_").add(v.number(9999)).to(mention.children().get(1), child);
      v.words(2, " ").to(mention.children().get(2), child);
      indices(mention.children().get(3), child, v);
    }
    mentions.close(next);
  }

  private static void indices(Vector vector, int slot, Values v) {
    ListVector list = (ListVector) vector;
    int element = list.open(slot);
    int start = v.number(120);
    ((IntVector) list.element()).append(element, start);
    ((IntVector) list.element()).append(element + 1, start + 4 + v.number(20));
    list.close(element + 2);
  }
}
