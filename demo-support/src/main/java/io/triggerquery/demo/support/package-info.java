/** The common parts of both demo services: faults on demand, answers to invalid input, topics. */
@NullMarked
package io.triggerquery.demo.support;

import org.jspecify.annotations.NullMarked;
