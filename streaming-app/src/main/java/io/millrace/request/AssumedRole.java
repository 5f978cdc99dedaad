package io.millrace.request;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * A role to be assumed, in another account perhaps.
 *
 * @param arn the role's ARN
 * @param externalId the word that its trust policy asks for, 2 to 1,224 characters; null where it
 *     asks for none
 */
public record AssumedRole(String arn, @Nullable String externalId) implements Serializable {
  private static final String SESSION_NAME = "millrace";

  /** STS's own limits. */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  public AssumedRole {
    if (!arn.startsWith("arn:")) {
      throw new IllegalArgumentException(
          "role-arn is '%s': a role is named by its ARN, arn:aws:iam::ACCOUNT:role/NAME"
              .formatted(arn));
    }
    if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
      throw new IllegalArgumentException(
          "an external-id has 2 to 1224 letters, digits and characters of + = , . @ : / - _");
    }
  }

  /**
   * Its credentials, got with the default ones and renewed before they expire.
   *
   * @param region whose STS is asked; null takes that of the environment
   */
  public AwsCredentialsProvider credentials(@Nullable String region) {
    StsClientBuilder sts = StsClient.builder().httpClientBuilder(ApacheHttpClient.builder());
    if (region != null) {
      sts.region(Region.of(region));
    }
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts.build())
        .refreshRequest(
            request -> request.roleArn(arn).externalId(externalId).roleSessionName(SESSION_NAME))
        .build();
  }
}
