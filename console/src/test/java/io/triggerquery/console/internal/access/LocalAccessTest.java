package io.triggerquery.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

class LocalAccessTest {

    private final Access access = new LocalAccess(false);

    private static MockHttpServletRequest request(String from, String host) {
        var request = new MockHttpServletRequest("GET", "/triggerquery/");
        request.setRemoteAddr(from);
        request.setServerName(host);
        return request;
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost",
        "127.0.0.1, 127.0.0.1",
        "127.8.9.10, LOCALHOST",
        "::1, localhost",
        "0:0:0:0:0:0:0:1, [::1]",
        "0:0:0:0:0:0:0:1%0, ::1"
    })
    void readsOnTheSameMachine(String from, String host) {
        Rights rights = access.of(request(from, host));

        assertThat(rights.mayNotRead()).isNull();
        assertThat(rights.user()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, localhost",
        "192.168.1.7, 192.168.1.7",
        "127.0.0.1.example.com, localhost",
        "fe80::1, localhost",
        // a foreign host name that resolves to this machine
        "127.0.0.1, evil.example",
        "127.0.0.1, 127.0.0.1.evil.example",
        "127.0.0.1, localhost.evil.example"
    })
    void refusesOthers(String from, String host) {
        assertThat(access.of(request(from, host)).mayNotRead()).contains("allow-remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "x-forwarded-host", "Forwarded", "X-Real-IP", "Via"})
    void rejectsRequestForwardedByLocalProxy(String header) {
        MockHttpServletRequest request = request("127.0.0.1", "localhost");
        request.addHeader(header, "127.0.0.1");

        assertThat(access.of(request).mayNotRead()).isNotNull();
    }

    @Test
    void rejectsForgedAddressTrustedByFilter() throws Exception {
        MockHttpServletRequest request = request("10.1.2.3", "localhost");
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        var chain = new MockFilterChain();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), chain);
        var filtered = (HttpServletRequest) chain.getRequest();

        assertThat(filtered.getRemoteAddr()).isEqualTo("127.0.0.1");
        assertThat(filtered.getHeader("X-Forwarded-For")).isNull();
        assertThat(access.of(filtered).mayNotRead()).isNotNull();
    }

    @Test
    void rejectsRequestThatTomcatMarksAsForwarded() {
        MockHttpServletRequest request = request("127.0.0.1", "localhost");
        request.setAttribute("org.apache.tomcat.request.forwarded", true);

        assertThat(access.of(request).mayNotRead()).isNotNull();
    }

    @Test
    void readsFromAnywhereIfAllowed() {
        assertThat(new LocalAccess(true)
                        .of(request("10.1.2.3", "payment.example"))
                        .mayNotRead())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverOperates(boolean allowRemote) {
        assertThat(new LocalAccess(allowRemote)
                        .of(request("127.0.0.1", "localhost"))
                        .mayNotOperate())
                .contains("Spring Security");
    }
}
