/**
 * The system calls of Linux that Java has no method for, by JNA; the only package that knows JNA.
 */
package io.mooseng.bench.core.link.linux;
