package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;

/** Starts the service with its listeners, without a broker. */
@SpringBootTest(
        properties = {
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.kafka.admin.operation-timeout=1s",
            "triggerquery.producer.disk-queue.directory=target/triggers-without-broker"
        })
@AutoConfigureMockMvc
@Import(TestEnvironment.class)
@DirtiesContext
class StartWithoutBrokerIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    KafkaListenerEndpointRegistry containers;

    @Test
    void serviceStartsAndItsListenerRuns() throws Exception {
        mvc.perform(get("/actuator/health/readiness")).andExpect(status().isOk());
        assertThat(containers.getListenerContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.isRunning()).isTrue());
    }
}
