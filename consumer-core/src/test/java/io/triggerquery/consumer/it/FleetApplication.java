package io.triggerquery.consumer.it;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application with one listener and the endpoint, in this JVM or in its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
class FleetApplication {

    final Set<String> projected = ConcurrentHashMap.newKeySet();

    @Source("bills")
    interface BillSource {

        @RequestLine("GET /api/things/{id}")
        Bill byId(@Param("id") String id);
    }

    record Bill(String id) {}

    @TriggerQueryListener(id = "bills", topics = "${bills.topic}", source = BillSource.class)
    void bill(Bill bill) {
        projected.add(bill.id());
    }

    public static void main(String[] arguments) {
        MemberProcess.endWithParent();
        SpringApplication.run(FleetApplication.class, arguments);
    }
}
