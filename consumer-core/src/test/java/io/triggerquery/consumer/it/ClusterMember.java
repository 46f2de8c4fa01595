package io.triggerquery.consumer.it;

import com.zaxxer.hikari.HikariDataSource;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.io.IOException;
import java.io.OutputStream;
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

/** A user's application in a process of its own: projects things into a database. Ends when its parent does. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ClusterMember {

    @Source("things")
    interface ThingSource {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id, long version) {}

    record Things(DataSource database, double seconds, String member, String gate, HttpClient http) {

        @TriggerQueryListener(topic = "${member.topic}", source = ThingSource.class)
        void project(Thing thing) throws IOException, InterruptedException {
            if (!gate.isEmpty()) {
                http.send(HttpRequest.newBuilder(URI.create(gate)).build(), BodyHandlers.discarding());
            }
            ClusterDatabase.project(database, seconds, member, thing);
        }
    }

    public static void main(String[] arguments) {
        var watchdog = new Thread(ClusterMember::endWithParent, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        SpringApplication.run(ClusterMember.class, arguments);
    }

    /** The parent holds the other end of the standard input for as long as it lives. */
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // the same as its end
        }
        Runtime.getRuntime().halt(1);
    }

    @Bean
    HikariDataSource database(
            @Value("${member.database}") String url, @Value("${triggerquery.concurrency:16}") int workers) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(workers);
        return pool;
    }

    @Bean
    Things things(
            DataSource database,
            @Value("${member.seconds:0}") double seconds,
            @Value("${spring.kafka.client-id}") String member,
            @Value("${member.gate:}") String gate) {
        return new Things(database, seconds, member, gate, HttpClient.newHttpClient());
    }
}
