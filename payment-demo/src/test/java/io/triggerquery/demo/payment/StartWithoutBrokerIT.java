package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Starts the service with its listeners, without a broker. */
@SpringBootTest(properties = {"spring.kafka.bootstrap-servers=127.0.0.1:1", "spring.kafka.admin.operation-timeout=1s"})
@AutoConfigureMockMvc
@Import(TestEnvironment.class)
@DirtiesContext
class StartWithoutBrokerIT {

    private static final String REASON = "<img src=x onerror=alert(1)>";

    private static HttpServer billing;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KafkaListenerEndpointRegistry containers;

    @DynamicPropertySource
    static void billingThatFails(DynamicPropertyRegistry registry) throws IOException {
        billing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        billing.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = REASON.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        billing.start();
        registry.add(
                "triggerquery.sources.billing.url",
                () -> "http://127.0.0.1:" + billing.getAddress().getPort());
    }

    @AfterAll
    static void stopBilling() {
        billing.stop(0);
    }

    @Test
    void pageShowsEscapedStuckIdWithReason() throws Exception {
        jdbc.sql("insert into payment values ('pay-1', 'Ada', 1, 'EUR', now(), 1)")
                .update();
        mvc.perform(get("/")).andExpect(content().string(not(containsString("Update pending"))));

        mvc.perform(post("/actuator/triggerquery/billing.billing-changed/trigger/pay-1")
                        .contentType(MediaType.APPLICATION_JSON))
                .andExpect(status().isOk());

        await().untilAsserted(() -> mvc.perform(get("/"))
                .andExpect(content().string(containsString("id=\"stuck-pay-1\"")))
                .andExpect(content().string(containsString("&lt;img src=x onerror=alert(1)&gt;")))
                .andExpect(content().string(not(containsString("<img"))))
                .andExpect(content().string(containsString("Update pending"))));
    }

    @Test
    void startsAndListens() throws Exception {
        mvc.perform(get("/actuator/health/readiness")).andExpect(status().isOk());
        assertThat(containers.getListenerContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.isRunning()).isTrue());
    }
}
