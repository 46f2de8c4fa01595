package io.triggerquery.consumer.test.autoconfigure;

import io.triggerquery.consumer.test.TriggerQueryKits;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs the application's trigger listeners with a {@link io.triggerquery.consumer.test.TriggerQueryKit} instead of
 * Kafka: no container starts, and no broker is contacted. The methods are called through the beans' proxies, so {@code
 * @Transactional} applies.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureTriggerQueryKit
 * class BillingProjectionTest {
 *
 *     @Autowired
 *     TriggerQueryKit kit;
 * }
 * }</pre>
 *
 * <p>With several listeners, inject {@link TriggerQueryKits}. Kits are reset before each test method. A bean {@link
 * io.triggerquery.consumer.test.faults.Faults} can inject faults into every {@code DataSource} bean.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration(TriggerQueryKitAutoConfiguration.class)
@TestPropertySource(properties = {"spring.kafka.listener.auto-startup=false", "spring.kafka.admin.auto-create=false"})
public @interface AutoConfigureTriggerQueryKit {}
