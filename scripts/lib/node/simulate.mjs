// Evaluates requests against IAM policies. Reads from standard input
//   {"policies": [DOCUMENT, ...], "requests": [{"action", "resource", "context"}, ...]}
// and writes for each request "Allowed", "ImplicitlyDenied", "ExplicitlyDenied", or why IAM knows no such request.
import { runSimulation } from '@cloud-copilot/iam-simulate'

const ACCOUNT = '123456789012'

let text = ''
for await (const chunk of process.stdin) {
  text += chunk
}
const { policies, requests } = JSON.parse(text)
const identityPolicies = policies.map((policy, index) => ({ name: `policy-${index}`, policy }))
const results = []
for (const { action, resource, context = {} } of requests) {
  const response = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/caller`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context
      },
      identityPolicies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: undefined
    },
    {}
  )
  results.push(response.resultType === 'error' ? `error: ${JSON.stringify(response.errors)}` : response.overallResult)
}
process.stdout.write(JSON.stringify(results))
