package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.query.SourceAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The credentials, headers and proxy in the settings of a source. */
class SourceAccessCheckTest {

    private static final String SECRET = "s3cr3t";

    private static SourceProperties bind(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("s.url", "https://things"));
        settings.forEach((name, value) -> all.put("s." + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("s", SourceProperties.class)
                .get();
    }

    private static SourceAccess access(Map<String, String> settings) {
        return bind(settings).toSettings("things", Set.of()).access();
    }

    @Test
    void settingsBecomeHeadersAndProxy() {
        SourceAccess access = access(Map.of(
                "bearer-token", "abc.def/+=",
                "headers.X-Tenant", "blue green",
                "ssl-bundle", "mutual",
                "proxy.host", "proxy.example",
                "proxy.port", "3128",
                "proxy.username", "alice",
                "proxy.password", "pässword"));
        assertThat(access.headers())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Authorization", "Bearer abc.def/+=", "X-Tenant", "blue green"));
        assertThat(access.sslBundle()).isEqualTo("mutual");
        assertThat(access.proxy()).isEqualTo(new SourceAccess.Proxy("proxy.example", 3128, "alice", "pässword"));
        assertThat(access.properties()).containsExactly("headers.X-Tenant", "bearer-token", "ssl-bundle", "proxy");
        assertThat(access(Map.of("basic.username", "alice", "basic.password", "s3cret"))
                        .headers())
                .isEqualTo(Map.of("Authorization", "Basic YWxpY2U6czNjcmV0"));
        assertThat(access(Map.of("bearer-token-file", "file:/run/token")).tokenFile())
                .hasToString("/run/token");
        assertThat(access(Map.of("headers.authorization", "ApiKey x")).headers())
                .hasSize(1);
        assertThat(access(Map.of())).isEqualTo(SourceAccess.PLAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bearer-token=                       | bearer-token is empty
            bearer-token=Bearer s3cr3t          | bearer-token contains a space
            bearer-token=${TOKEN}               | bearer-token contains a placeholder that nothing resolves
            bearer-token=s3cr3t\\n              | bearer-token contains a line break
            bearer-token=s3cr3tü                | bearer-token contains a character that is not ASCII
            bearer-token-file=                  | bearer-token-file is empty
            basic.username=alice                | basic.password is missing
            basic.password=s3cr3t               | basic.username is missing
            basic.username=;basic.password=s3cr3t        | basic.username is empty
            basic.username=alice;basic.password=         | basic.password is empty
            basic.username=a:b;basic.password=s3cr3t     | basic.username contains a colon
            basic.username=a;basic.password=s3cr3t\\r\\nX: y | basic.password contains a line break
            bearer-token=s3cr3t;basic.username=a;basic.password=s3cr3t | bearer-token and triggerquery.sources.things.basic are both set
            bearer-token=s3cr3t;bearer-token-file=/x     | bearer-token and triggerquery.sources.things.bearer-token-file are both set
            bearer-token=s3cr3t;headers.authorization=s3cr3t | headers.authorization and triggerquery.sources.things.bearer-token are both set
            headers.Host=s3cr3t                 | headers.Host is a header that the HTTP client sets itself
            headers.content-length=7            | headers.content-length is a header that
            headers.Accept-Encoding=gzip        | headers.Accept-Encoding is a header that
            headers.Transfer-Encoding=chunked   | headers.Transfer-Encoding is a header that
            headers.Proxy-Authorization=s3cr3t  | headers.Proxy-Authorization is a header that
            headers.If-None-Match=s3cr3t        | headers.If-None-Match is a header that
            headers.X-Key=                      | headers.X-Key is empty
            headers.X-Key=s3cr3t\\r\\nHost: evil| headers.X-Key contains a line break
            headers.X-Key=s3cr3t€               | headers.X-Key contains a character that is not ASCII
            headers.[X Key]=s3cr3t              | headers.X Key is not a header
            headers.x.key=s3cr3t                | headers.x.key is not a header
            url=http://things;ssl-bundle=b      | ssl-bundle would have no effect
            ssl-bundle=                         | ssl-bundle is empty
            proxy.port=3128                     | proxy.host is missing
            proxy.host=p                        | proxy.port is missing
            proxy.host=p;proxy.port=0           | proxy.port is 0
            proxy.host=http://p;proxy.port=1    | proxy.host is not the name or address of a host
            proxy.host=a:s3cr3t@p;proxy.port=1  | proxy.host is not the name or address of a host
            proxy.host=p;proxy.port=1;proxy.username=a   | proxy.password is missing
            proxy.host=p;proxy.port=1;proxy.password=s3cr3t | proxy.username is missing
            """)
    void invalidSettingsFailStartWithoutShowingValues(String settings, String said) {
        Map<String, String> given = new HashMap<>();
        for (String setting : settings.replace("\\n", "\n").replace("\\r", "\r").split(";")) {
            String[] parts = setting.split("=", 2);
            given.put(parts[0], parts[1]);
        }
        assertThatThrownBy(() -> access(given))
                .isInstanceOfSatisfying(
                        FailureAnalyzedException.class,
                        failure -> assertThat(failure.analysis().getAction())
                                .isNotBlank()
                                .doesNotContain(SECRET))
                .hasMessageContaining("triggerquery.sources.things." + said)
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void descriptionOfSettingsContainsNoValue() {
        SourceProperties settings = bind(Map.of(
                "bearer-token", SECRET,
                "basic.username", SECRET,
                "basic.password", SECRET,
                "headers.X-Key", SECRET,
                "proxy.host", "p",
                "proxy.port", "1",
                "proxy.username", SECRET,
                "proxy.password", SECRET,
                "url", "https://things?key=" + SECRET));
        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(String.valueOf(settings.basic())).doesNotContain(SECRET);
        assertThat(String.valueOf(settings.proxy())).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://things/@scope/base", "https://things?mail=a@b"})
    void urlMayHaveAtSignInItsPath(String url) {
        assertThat(bind(Map.of("url", url)).toSettings("things", Set.of()).url())
                .hasToString(url);
    }
}
