package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Checks that pages of other sites cannot change anything, and that own pages load nothing from other sites. */
@PaymentTest
class OwnOriginOnlyIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate payment, payment_billing").update();
    }

    private int payments() {
        return jdbc.sql("select count(*) from payment").query(Integer.class).single();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, /samples",
        "Sec-Fetch-Site, same-site, /samples",
        "Sec-Fetch-Site, cross-site, /api/payments/sample",
        "Origin, http://evil.example, /samples",
        "Origin, http://localhost:9999, /api/payments/sample",
        "Origin, null, /samples",
        "Origin, '::', /samples"
    })
    void requestOfAnotherSiteIsRejected(String header, String value, String path) throws Exception {
        mvc.perform(post(path)
                        .param("count", "3")
                        .header("Host", "localhost:8082")
                        .header(header, value))
                .andExpect(status().isForbidden());
        assertThat(payments()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, same-origin",
        "Sec-Fetch-Site, none",
        "Origin, http://localhost:8082",
        "User-Agent, curl/8.5.0"
    })
    void requestsOfOwnPageAndProgramsAreAccepted(String header, String value) throws Exception {
        mvc.perform(post("/samples")
                        .param("count", "3")
                        .header("Host", "localhost:8082")
                        .header(header, value))
                .andExpect(status().is3xxRedirection());
        assertThat(payments()).isEqualTo(3);
    }

    @Test
    void everyAnswerForbidsForeignContent() throws Exception {
        mvc.perform(get("/").header("Sec-Fetch-Site", "cross-site"))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")))
                .andExpect(header().string("Content-Security-Policy", containsString("form-action 'self'")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"));
    }
}
