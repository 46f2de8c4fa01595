/** What both demo services need beside the code of their teams: faults on demand, answers to bad input, topics. */
@NullMarked
package io.triggerquery.demo.support;

import org.jspecify.annotations.NullMarked;
