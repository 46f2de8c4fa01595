package io.triggerquery.consumer.it;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with a database, in its own process. It ends with its parent. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ClusterMember {

    /**
     * The projection.
     *
     * @param millis how long the database takes for it
     * @param gate where to ask for leave before it, if not empty
     */
    record Projection(DataSource database, String member, int millis, String gate, HttpClient http) {

        @TriggerQueryListener(topics = "${member.topic}", source = ThingSource.class)
        void project(Thing thing) throws IOException, InterruptedException {
            if (!gate.isEmpty()) {
                http.send(HttpRequest.newBuilder(URI.create(gate)).build(), BodyHandlers.discarding());
            }
            ClusterDatabase.project(database, member, millis, thing);
        }
    }

    public static void main(String[] arguments) {
        MemberProcess.endWithParent();
        SpringApplication.run(ClusterMember.class, arguments);
    }

    @Bean
    HikariDataSource database(
            @Value("${member.database}") String url,
            @Value("${triggerquery.defaults.parallelism:16}") int connections) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        return pool;
    }

    @Bean
    Projection projection(
            DataSource database,
            @Value("${spring.kafka.client-id}") String member,
            @Value("${member.millis:0}") int millis,
            @Value("${member.gate:}") String gate) {
        return new Projection(database, member, millis, gate, HttpClient.newHttpClient());
    }
}
