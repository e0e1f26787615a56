/** The proof of what a link does: measured over the link itself, beside what was asked. */
package io.mooseng.bench.core.link.proof;
