package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import io.triggerquery.consumer.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classification of each unsuccessful status. */
class StatusesTest {

    /** Statuses that concern the caller, whatever the id. */
    private static final Set<Integer> ABOUT_THE_CALLER = Set.of(302, 303, 307, 401, 407, 429, 440, 511, 561);

    /** The source did not answer, or did not receive the whole request. */
    private static final Set<Integer> ABOUT_THE_WAY =
            Set.of(408, 421, 425, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530, 598, 599);

    /** Of those, the statuses that an immediate retry may change. */
    private static final Set<Integer> REPEATED = Set.of(408, 502, 503, 504, 520, 521, 522, 523, 524, 598, 599);

    static IntStream failing() {
        return IntStream.range(300, 600);
    }

    private static FeignException status(int status) {
        return FeignException.errorStatus(
                "byId",
                Response.builder()
                        .status(status)
                        .request(Request.create(HttpMethod.GET, "/", Map.of(), null, StandardCharsets.UTF_8, null))
                        .headers(Map.of())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("failing")
    void messageExplainsStatus(int status) {
        var failures = new Failures(List.of());
        boolean aboutEveryId = ABOUT_THE_CALLER.contains(status) || ABOUT_THE_WAY.contains(status);
        assertThat(failures.kindOf(status(status))).isEqualTo(kind(status, aboutEveryId));
        assertThat(failures.countsAgainstSource(status(status)))
                .as("counts against the source")
                .isEqualTo(aboutEveryId || status >= 500);
        assertThat(Failures.isImmediatelyRetryable(status(status)))
                .as("repeated within the call")
                .isEqualTo(REPEATED.contains(status));
    }

    private static FailureKind kind(int status, boolean aboutEveryId) {
        if (aboutEveryId) {
            return FailureKind.UNAVAILABLE;
        }
        return status == 409 || status == 410 || status == 422 ? FailureKind.REJECTED : FailureKind.RETRYABLE;
    }
}
