package io.triggerquery.documentation.example.ids;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BillingLines {

    @Bean
    TriggerDecoder billingLines() {
        return message -> {
            if (message.value() == null) {
                return Decoded.ignored();
            }
            String[] line = new String(message.value(), UTF_8).split(";");
            return switch (line[0]) {
                case "BILLED" -> Decoded.id(line[1], Long.parseLong(line[2]));
                case "MERGED" -> Decoded.ids(List.of(line[1], line[2]));
                case "PRINTED" -> Decoded.ignored();
                default -> Decoded.invalid("the first field is no known type");
            };
        };
    }
}
