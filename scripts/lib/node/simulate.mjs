// Evaluates requests against IAM policies. Reads from standard input a list of
//   {"policies": [DOCUMENT, ...], "requests": [{"action", "resource", "context"}, ...], "role": NAME, "principal": ARN OR SERVICE,
//    "bucket": DOCUMENT}
// and writes a list for each: of each request "Allowed", "ImplicitlyDenied", "ExplicitlyDenied", or why IAM knows no such
// request. The principal may be empty, for the role of that name; the bucket's policy may be absent.
import { runSimulation } from '@cloud-copilot/iam-simulate'

const ACCOUNT = '123456789012'

let text = ''
for await (const chunk of process.stdin) {
  text += chunk
}
const answers = []
for (const { policies, requests, role, principal: other, bucket } of JSON.parse(text)) {
  const identityPolicies = policies.map((policy, index) => ({ name: `policy-${index}`, policy }))
  const principal = other || `arn:aws:iam::${ACCOUNT}:role/${role}`
  const results = []
  for (const { action, resource, context = {} } of requests) {
    const response = await runSimulation(
      {
        request: {
          principal,
          action,
          resource: { resource, accountId: ACCOUNT },
          contextVariables: { 'aws:PrincipalArn': principal, ...context }
        },
        identityPolicies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: bucket ?? undefined
      },
      {}
    )
    results.push(
      response.resultType === 'error' ? `error: ${JSON.stringify(response.errors)}` : response.overallResult
    )
  }
  answers.push(results)
}
process.stdout.write(JSON.stringify(answers))
