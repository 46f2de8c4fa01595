/** Tests the guarantees of an application on a real broker, with a real HTTP source. Needs spring-kafka-test. */
@NullMarked
package io.triggerquery.consumer.test.broker;

import org.jspecify.annotations.NullMarked;
