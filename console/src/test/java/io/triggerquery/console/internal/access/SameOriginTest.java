package io.triggerquery.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

class SameOriginTest {

    private final SameOrigin sameOrigin = new SameOrigin();
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/triggerquery/api/consumer");

    @Test
    void acceptsSameOriginRequest() {
        request.addHeader("Sec-Fetch-Site", "same-origin");

        assertThat(sameOrigin.refusal(request)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "", "same-origin, cross-site"})
    void rejectsOperationFromOtherOrigin(String site) {
        request.addHeader("Sec-Fetch-Site", site);

        assertThat(sameOrigin.refusal(request)).isNotNull();
    }

    @Test
    void readsTypedAddress() {
        request.setMethod("GET");
        request.addHeader("Sec-Fetch-Site", "none");

        assertThat(sameOrigin.refusal(request)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://payment.example:8080, payment.example:8080, true",
        "https://Payment.Example, payment.example, true",
        "https://evil.example, payment.example, false",
        "https://payment.example.evil, payment.example, false",
        "https://payment.example:444, payment.example, false",
        "null, payment.example, false",
        "'not an address', payment.example, false"
    })
    void comparesOriginIfBrowserSendsNoFetchMetadata(String origin, String host, boolean accepted) {
        request.addHeader("Origin", origin);
        request.addHeader("Host", host);

        assertThat(sameOrigin.refusal(request) == null).isEqualTo(accepted);
    }

    @Test
    void comparesOriginWithForwardedHost() throws Exception {
        request.addHeader("Origin", "https://console.example");
        request.addHeader("Host", "10.0.0.7:8080");
        request.addHeader("X-Forwarded-Host", "console.example");
        request.addHeader("X-Forwarded-Proto", "https");
        assertThat(sameOrigin.refusal(request)).isNotNull();

        var chain = new MockFilterChain();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), chain);
        assertThat(sameOrigin.refusal((HttpServletRequest) chain.getRequest())).isNull();
    }

    @Test
    void acceptsTokenInCookieAndHeader() {
        String token = sameOrigin.newToken();
        request.setCookies(new Cookie("other", "x"), new Cookie(SameOrigin.COOKIE, token));
        request.addHeader(SameOrigin.HEADER, token);

        assertThat(sameOrigin.hasToken(request)).isTrue();
        assertThat(sameOrigin.token(request)).isEqualTo(token);
    }

    @Test
    void rejectsTokenInOnePlaceOnly() {
        request.setCookies(new Cookie(SameOrigin.COOKIE, sameOrigin.newToken()));
        assertThat(sameOrigin.hasToken(request)).isFalse();

        request.addHeader(SameOrigin.HEADER, sameOrigin.newToken());
        assertThat(sameOrigin.hasToken(request)).isFalse();
    }

    @Test
    void rejectsForeignToken() {
        request.setCookies(new Cookie(SameOrigin.COOKIE, "short"));
        request.addHeader(SameOrigin.HEADER, "short");

        assertThat(sameOrigin.hasToken(request)).isFalse();
    }

    @Test
    void createsDifferentTokens() {
        assertThat(sameOrigin.newToken()).isNotEqualTo(sameOrigin.newToken()).hasSize(32);
    }
}
