package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.control.RequestMatch.Service;
import io.millrace.testing.Landing;
import io.millrace.testing.MarkdownBlocks;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role's policy of the documentation, beside what a run asks for. */
class DocumentedPolicyTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** By what S3 calls an object's requests of each method. A part of an upload is a PUT too. */
  private static final Map<String, String> ON_OBJECTS =
      Map.of(
          "GET", "s3:GetObject",
          "HEAD", "s3:GetObject",
          "PUT", "s3:PutObject",
          "DELETE", "s3:DeleteObject");

  /** Of a bucket as such: listings, and POST deletes many objects at once. */
  private static final Map<String, String> ON_BUCKETS =
      Map.of("GET", "s3:ListBucket", "HEAD", "s3:ListBucket", "POST", "s3:DeleteObject");

  private static final Map<String, String> ON_QUEUES =
      Map.of(
          "ReceiveMessage", "sqs:ReceiveMessage",
          "DeleteMessageBatch", "sqs:DeleteMessage",
          "GetQueueAttributes", "sqs:GetQueueAttributes");

  /** What a run in order does not need: versioned buckets, the answer 404, writes that fail. */
  private static final Set<String> RARE =
      Set.of("s3:GetObjectVersion", "landing s3:ListBucket", "s3:AbortMultipartUpload");

  @TempDir Path folder;

  @Test
  void theRoleMayDoWhatARunAsksForAndLittleElse() throws Exception {
    LocalStack stack = LocalStack.shared();
    String state = stack.createBucket("state");
    Landing landing = new Landing(stack, folder).keepingStateIn("s3://" + state);
    landing.land(3, 10);
    landing.put("in/malformed.ndjson", "{\"id\":\"x\"}\nnot json\n");
    landing.send(List.of("[\"s3://%s/in/malformed.ndjson\"]".formatted(landing.bucket())));

    Set<String> asked = new TreeSet<>();
    try (RequestCounter queue = stack.count(new RequestMatch(Service.SQS, null, null, ""));
        RequestCounter objects =
            stack.count(RequestMatch.s3(landing.bucket()).withKeyPrefix("in/"));
        RequestCounter bucket = stack.count(RequestMatch.s3(landing.bucket()));
        RequestCounter files = stack.count(RequestMatch.s3(state))) {
      AvailableRun.of(landing, Map.of(), TestSpark.session());

      queue.byOperation().keySet().forEach(each -> asked.add(action(ON_QUEUES, each)));
      assertThat(bucket.byOperation()).as("objects only").isEqualTo(objects.byOperation());
      objects
          .byOperation()
          .keySet()
          .forEach(each -> asked.add("landing " + action(ON_OBJECTS, each)));
      files
          .byOperation()
          .keySet()
          .forEach(
              each -> asked.add("state " + ON_OBJECTS.getOrDefault(each, ON_BUCKETS.get(each))));
      asked.add("state s3:ListBucket"); // its listings are GETs of the bucket
    }

    Set<String> allowed = new TreeSet<>(allowed());
    assertThat(allowed).containsAll(asked);
    allowed.removeAll(asked);
    assertThat(allowed)
        .allMatch(
            each -> RARE.contains(each) || RARE.contains(each.substring(each.indexOf(' ') + 1)));
  }

  @Test
  void onlyTheBucketsOwnEventsMayBeSentToTheQueue() throws IOException {
    JsonNode statement = statements("sqs:SendMessage").get("");
    assertThat(statement.at("/Principal/Service").asText()).isEqualTo("s3.amazonaws.com");
    assertThat(statement.at("/Condition/ArnEquals/aws:SourceArn").asText())
        .isEqualTo("arn:aws:s3:::my-landing");
    assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount").asText()).isNotEmpty();
  }

  private static Set<String> allowed() throws IOException {
    Map<String, JsonNode> bySid = statements("sqs:ReceiveMessage");
    Map<String, String> places =
        Map.of(
            "Queue", "",
            "Objects", "landing ",
            "TellGoneFromDenied", "landing ",
            "StateAndTables", "state ",
            "ListStateAndTables", "state ");
    assertThat(bySid.keySet()).isEqualTo(places.keySet());
    Set<String> allowed = new TreeSet<>();
    bySid.forEach(
        (sid, statement) ->
            statement
                .required("Action")
                .forEach(action -> allowed.add(places.get(sid) + action.asText())));
    return allowed;
  }

  /** By their ids, of the policy that has an action. */
  private static Map<String, JsonNode> statements(String action) throws IOException {
    Map<String, JsonNode> statements = new TreeMap<>();
    for (MarkdownBlocks.Block block : MarkdownBlocks.all()) {
      if (block.place().startsWith("docs/how-to/own-bucket.md")
          && block.language().equals("json")
          && block.text().contains('"' + action + '"')) {
        JSON.readTree(block.text())
            .required("Statement")
            .forEach(each -> statements.put(each.path("Sid").asText(), each));
      }
    }
    return statements;
  }

  private static String action(Map<String, String> actions, String operation) {
    assertThat(actions).containsKey(operation);
    return actions.get(operation);
  }
}
