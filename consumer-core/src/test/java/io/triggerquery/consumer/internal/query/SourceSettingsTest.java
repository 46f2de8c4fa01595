package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Request;
import io.triggerquery.consumer.internal.query.SourceSettings.Limits;
import io.triggerquery.consumer.internal.query.SourceSettings.Protection;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The limits of a Feign client that the application has configured. */
class SourceSettingsTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static SourceSettings effective(int connectMillis, int readMillis, boolean follow, String... written) {
        var limits = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);
        return new SourceSettings(null, limits, Protection.DEFAULT, false, SourceAccess.PLAIN, Set.of(written))
                .with(
                        URI.create("http://things"),
                        new Request.Options(
                                connectMillis, TimeUnit.MILLISECONDS, readMillis, TimeUnit.MILLISECONDS, follow),
                        LONGEST);
    }

    private static Limits limits(int connectMillis, int readMillis, String... written) {
        return effective(connectMillis, readMillis, true, written).limits();
    }

    @Test
    void clientLimitsApplyUnlessSourceLimitsAreShorter() {
        assertThat(limits(2_000, 30_000).connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits(2_000, 30_000).readTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits(2_000, 30_000, "read-timeout").readTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits(2_000, 30_000, "read-timeout").connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits(2_000, 30_000, "connect-timeout").connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits(200, 300, "read-timeout", "connect-timeout").connectTimeout())
                .isEqualTo(Duration.ofMillis(200));
        assertThat(limits(200, 300, "read-timeout", "connect-timeout").readTimeout())
                .isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void limitsAreCappedAtLongest() {
        assertThat(limits(0, 0).connectTimeout()).as("0 means no limit").isEqualTo(LONGEST);
        assertThat(limits(0, 0).readTimeout()).isEqualTo(LONGEST);
        assertThat(limits(90_000, 90_000).readTimeout()).isEqualTo(LONGEST);
        assertThat(limits(0, 0, "read-timeout").readTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void redirectsFollowClientUnlessSourceOverrides() {
        assertThat(effective(1, 1, true).followRedirects()).isTrue();
        assertThat(effective(1, 1, false).followRedirects()).isFalse();
        assertThat(effective(1, 1, true, "follow-redirects").followRedirects()).isFalse();
    }

    @Test
    void otherSettingsRemain() {
        SourceSettings effective = effective(1, 1, true, "max-answer-size");
        assertThat(effective.url()).hasToString("http://things");
        assertThat(effective.limits().maxAnswerBytes()).isEqualTo(1 << 20);
        assertThat(effective.written()).containsExactly("max-answer-size");
    }
}
