package io.triggerquery.demo.billing;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Checks that pages of other sites cannot change anything. */
@BillingTest
class OwnOriginOnlyIT {

    @Autowired
    MockMvc mvc;

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Origin, http://evil.example, 403",
        "Sec-Fetch-Site, same-origin, 404",
        "Origin, http://localhost:8081, 404",
        "User-Agent, curl/8.5.0, 404"
    })
    void onlyOwnPagesAndProgramsCanVoidABill(String name, String value, int answer) throws Exception {
        mvc.perform(post("/api/bills/unknown/void")
                        .header("Host", "localhost:8081")
                        .header(name, value))
                .andExpect(status().is(answer));
    }

    @Test
    void contentSecurityPolicyForbidsOtherOrigins() throws Exception {
        mvc.perform(get("/api/billings/unknown").header("Sec-Fetch-Site", "cross-site"))
                .andExpect(status().isNotFound())
                .andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")));
    }
}
