package io.millrace.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that Spark's {@code StructType.json} writes. */
final class JsonSchemaParser {
  private static final int MAX_DEPTH = 100;
  private static final Pattern DECIMAL =
      Pattern.compile("decimal(?:\\(\\s*(\\d{1,9})\\s*,\\s*(-?\\d{1,9})\\s*\\))?");
  private static final int DEFAULT_PRECISION = 10;

  private final String text;

  /** A value of the JSON with its place: a text, a truth value, a list or a map of such. */
  private record Node(int offset, @Nullable Object value) {}

  JsonSchemaParser(String text) {
    this.text = text;
  }

  Type.Struct parse() {
    Node root = read();
    Type type = type(root);
    if (type instanceof Type.Struct struct) {
      return struct;
    }
    throw error(root, "the schema must be a struct: {\"type\":\"struct\",\"fields\":[…]}");
  }

  private Node read() {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      Node root = node(parser, 0);
      if (parser.nextToken() != null) {
        throw new SchemaSyntaxException(text, offset(parser), "there is more behind the schema");
      }
      return root;
    } catch (JsonProcessingException e) {
      int offset =
          e.getLocation() == null
              ? 0
              : (int) Math.max(0, Math.min(text.length(), e.getLocation().getCharOffset()));
      throw new SchemaSyntaxException(
          text, offset, "the schema is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can't be read", e);
    }
  }

  private Node node(JsonParser parser, int depth) throws IOException {
    int offset = offset(parser);
    if (depth > 3 * MAX_DEPTH) {
      throw new SchemaSyntaxException(
          text, offset, "the schema is nested deeper than " + MAX_DEPTH + " types");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Node> fields = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, node(parser, depth + 1));
      }
      return new Node(offset, fields);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(node(parser, depth + 1));
      }
      return new Node(offset, elements);
    }
    return new Node(offset, token == JsonToken.VALUE_STRING ? parser.getText() : token);
  }

  private Type type(Node node) {
    if (node.value() instanceof String name) {
      return named(node, name);
    }
    Map<?, ?> fields = object(node, "a type");
    String kind = string(node, fields, "type");
    return switch (kind) {
      case "struct" -> struct(node, fields);
      case "array" -> new Type.Array(type(part(node, fields, "elementType")), true);
      case "map" -> {
        Node key = part(node, fields, "keyType");
        if (type(key) != Type.Primitive.STRING) {
          throw error(key, "the keys of a map must be \"string\", as those of JSON are");
        }
        yield new Type.Map(type(part(node, fields, "valueType")), true);
      }
      default -> throw error(node, UnknownTypes.problem(kind));
    };
  }

  private Type named(Node node, String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      boolean isPlain = decimal.group(1) == null;
      int precision = isPlain ? DEFAULT_PRECISION : Integer.parseInt(decimal.group(1));
      int scale = isPlain ? 0 : Integer.parseInt(decimal.group(2));
      try {
        return new Type.Decimal(precision, scale);
      } catch (IllegalArgumentException e) {
        throw error(node, UnknownTypes.decimalProblem(precision, scale));
      }
    }
    Type.Primitive primitive = TypeNames.primitive(name);
    if (primitive == null) {
      throw error(node, UnknownTypes.problem(name));
    }
    return primitive;
  }

  private Type.Struct struct(Node node, Map<?, ?> parts) {
    Node list = part(node, parts, "fields");
    if (!(list.value() instanceof List<?> elements)) {
      throw error(list, "\"fields\" must be an array");
    }
    Map<String, Field> fields = new HashMap<>();
    List<Field> inOrder = new ArrayList<>();
    for (Object element : elements) {
      Node fieldNode = (Node) element;
      Map<?, ?> field = object(fieldNode, "a field");
      String name = string(fieldNode, field, "name");
      Field read = Field.of(name, type(part(fieldNode, field, "type")));
      if (fields.put(name, read) != null) {
        throw error(fieldNode, "the field %s is there twice".formatted(name));
      }
      inOrder.add(read);
    }
    return new Type.Struct(inOrder);
  }

  private Map<?, ?> object(Node node, String what) {
    if (node.value() instanceof Map<?, ?> map) {
      return map;
    }
    throw error(node, "%s must be an object".formatted(what));
  }

  private Node part(Node node, Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof Node part) {
      return part;
    }
    throw error(node, "\"%s\" is missing".formatted(name));
  }

  private String string(Node node, Map<?, ?> fields, String name) {
    Node part = part(node, fields, name);
    if (part.value() instanceof String value) {
      return value;
    }
    throw error(part, "\"%s\" must be a string".formatted(name));
  }

  private SchemaSyntaxException error(Node node, String problem) {
    return new SchemaSyntaxException(text, node.offset(), problem);
  }

  private static int offset(JsonParser parser) {
    return (int) Math.max(0, parser.currentTokenLocation().getCharOffset());
  }
}
